var searchData=
[
  ['reader_2eh_0',['reader.h',['../reader_8h.html',1,'']]],
  ['records_2eh_1',['records.h',['../records_8h.html',1,'']]],
  ['response_5fstate_2eh_2',['response_state.h',['../response__state_8h.html',1,'']]]
];
