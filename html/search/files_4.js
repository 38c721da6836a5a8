var searchData=
[
  ['operations_2eh_0',['operations.h',['../operations_8h.html',1,'']]]
];
