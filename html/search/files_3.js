var searchData=
[
  ['info_2eh_0',['info.h',['../info_8h.html',1,'']]]
];
