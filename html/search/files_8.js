var searchData=
[
  ['tenant_2eh_0',['tenant.h',['../tenant_8h.html',1,'']]],
  ['text_2eh_1',['text.h',['../text_8h.html',1,'']]],
  ['tls_2eh_2',['tls.h',['../tls_8h.html',1,'']]]
];
