var searchData=
[
  ['name_0',['name',['../structamp__provider__t.html#aef63ba5c8c600af3f22ac6ca3176bbee',1,'amp_provider_t']]],
  ['need_1',['need',['../structamp__info__t.html#ab85f65d3374500ad9c2bd6f0cb9ccab4',1,'amp_info_t']]],
  ['newest_2',['newest',['../structamp__baseline__t.html#aab7ee686000b02951d16f5a1736dc840',1,'amp_baseline_t']]],
  ['next_5fms_3',['next_ms',['../structamp__connect__t.html#a82e7410421d52f694203d2a8f644d469',1,'amp_connect_t::next_ms()'],['../structamp__health__t.html#a91345963b96fbe7296a1b1293f582b47',1,'amp_health_t::next_ms()']]],
  ['next_5fpage_5ftoken_4',['next_page_token',['../structamp__operations__t.html#a07823511714438f51540752032c2f542',1,'amp_operations_t']]],
  ['note_5',['note',['../structamp__info__t.html#ac1a6705f8bc8f30c2d6dc0b53c215038',1,'amp_info_t']]],
  ['now_5fms_6',['now_ms',['../structamp__evidence__t.html#aba4f073ca13c1dd8cb68602f32528fc4',1,'amp_evidence_t::now_ms()'],['../structamp__port__t.html#a035d4a56e71b1d34111b25be95b484b5',1,'amp_port_t::now_ms()']]]
];
