var searchData=
[
  ['pace_2eh_0',['pace.h',['../pace_8h.html',1,'']]],
  ['port_2eh_1',['port.h',['../port_8h.html',1,'']]]
];
