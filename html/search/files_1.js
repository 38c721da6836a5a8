var searchData=
[
  ['client_2eh_0',['client.h',['../client_8h.html',1,'']]],
  ['config_2eh_1',['config.h',['../config_8h.html',1,'']]],
  ['connect_2eh_2',['connect.h',['../connect_8h.html',1,'']]],
  ['credentials_2eh_3',['credentials.h',['../credentials_8h.html',1,'']]]
];
