var searchData=
[
  ['amp_5fbundle_5ffn_0',['amp_bundle_fn',['../tls_8h.html#a6cf35e6227477e56fc9bacdd978be3e1',1,'tls.h']]],
  ['amp_5fclock_5ffn_1',['amp_clock_fn',['../tls_8h.html#a1fcad17e583949d05c42b12f835113cb',1,'tls.h']]],
  ['amp_5fcredential_5fkind_5ft_2',['amp_credential_kind_t',['../credentials_8h.html#abfc13c2b943f248f4d80468124480fe7',1,'credentials.h']]],
  ['amp_5fmetadata_5fkind_5ft_3',['amp_metadata_kind_t',['../credentials_8h.html#adc884d09441cf05a6c2eda4dc9c4a9ea',1,'credentials.h']]],
  ['amp_5ftenant_5ft_4',['amp_tenant_t',['../tenant_8h.html#a0856332bb01f3affd713590941443384',1,'tenant.h']]],
  ['amp_5ftime_5ft_5',['amp_time_t',['../text_8h.html#a58d8dad11768cdd6c9ff387e034e214b',1,'text.h']]],
  ['amp_5ftoken_5ffn_6',['amp_token_fn',['../client_8h.html#a568cd134e918f800cadbe0f76ea9f4e2',1,'client.h']]]
];
