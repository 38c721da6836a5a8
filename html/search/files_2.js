var searchData=
[
  ['health_2eh_0',['health.h',['../health_8h.html',1,'']]]
];
