var searchData=
[
  ['tenant_0',['tenant',['../structamp__connect__t.html#acf8964d20354fe2b492e3166fbd8696a',1,'amp_connect_t::tenant()'],['../structamp__look__t.html#a47d535ffdeb83cafc1f356ce03ef84ce',1,'amp_look_t::tenant()']]],
  ['time_1',['time',['../structamp__problem__t.html#a867b3bd828018617851b23f7d0429afe',1,'amp_problem_t']]],
  ['timeout_5fms_2',['timeout_ms',['../structamp__config__t.html#a5b37abdd3f389017440858d4e4e3cb94',1,'amp_config_t::timeout_ms()'],['../structamp__connect__args__t.html#a0c672d10cd73219c2b7c47b10ae58c8f',1,'amp_connect_args_t::timeout_ms()']]],
  ['title_3',['title',['../structamp__problem__t.html#a957da871643d1cc2746a11e14fd4426a',1,'amp_problem_t']]],
  ['to_4',['to',['../structamp__client__t.html#a959847b56436fc7cec815dccac13c5fe',1,'amp_client_t']]],
  ['token_5',['token',['../structamp__config__t.html#a4db16d2062fa20a08c90e7e182b5619e',1,'amp_config_t::token()'],['../structamp__client__t.html#a726897260b3ba6fff117a0f90afc2877',1,'amp_client_t::token()'],['../structamp__oauth2__token__t.html#a851ad6c239074627c74858996bad9527',1,'amp_oauth2_token_t::token()']]],
  ['token_5fctx_6',['token_ctx',['../structamp__config__t.html#a54023c3af830add3bf117767a022a18b',1,'amp_config_t']]],
  ['total_7',['total',['../structamp__client__t.html#a0749785c24ec8b214ed0da1c94a58d6e',1,'amp_client_t']]],
  ['trailer_8',['trailer',['../structamp__response__t.html#a07cc6fc273b55f576d93f5259864a2b4',1,'amp_response_t']]],
  ['truncated_9',['truncated',['../structamp__mask__t.html#aba4e6dd35bd0224bca0397f1a038c521',1,'amp_mask_t']]],
  ['type_10',['type',['../structamp__problem__t.html#aff00c1703ccd4aab02c244e61d69effd',1,'amp_problem_t::type()'],['../structamp__field__t.html#a6cb735e87b1a5974f4e2773f2b444a30',1,'amp_field_t::type()']]]
];
