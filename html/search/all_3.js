var searchData=
[
  ['data_0',['data',['../structamp__anchor__t.html#a4538aa53528381d6278b5baa552c3e16',1,'amp_anchor_t']]],
  ['date_1',['date',['../structamp__info__t.html#a49c78da6723ac1d32b973d49c747221f',1,'amp_info_t']]],
  ['depth_2',['depth',['../structamp__tls__failure__t.html#ab43ff00e5e8ced679fac7844dbc526df',1,'amp_tls_failure_t']]],
  ['detail_3',['detail',['../structamp__problem__t.html#ad523129846b154a2f40aedb4af6b0008',1,'amp_problem_t::detail()'],['../structamp__tls__failure__t.html#ab7edb3c629e7c95e2f3dd63f90c4523b',1,'amp_tls_failure_t::detail()']]],
  ['digits_4',['digits',['../structamp__response__t.html#afd43c5b4d419fbca766a1d3208e6f3c2',1,'amp_response_t']]],
  ['display_5fname_5',['display_name',['../structamp__metadata__t.html#a07370aae2641ed246216c6475b82dbff',1,'amp_metadata_t::display_name()'],['../structamp__provider__t.html#abd612fffae3b04b7fbd68f789ad5ba16',1,'amp_provider_t::display_name()']]],
  ['done_6',['done',['../structamp__operations__t.html#ae607bb9661a49bdd5a0e8fc5cb1f5de0',1,'amp_operations_t']]]
];
