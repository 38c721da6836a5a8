var searchData=
[
  ['schema_2eh_0',['schema.h',['../schema_8h.html',1,'']]],
  ['status_2eh_1',['status.h',['../status_8h.html',1,'']]]
];
