var searchData=
[
  ['handshakes_0',['handshakes',['../structamp__tls__stats__t.html#aebe45279d5bad3aa3e946d071aa476b7',1,'amp_tls_stats_t']]],
  ['hashes_1',['hashes',['../structamp__baseline__t.html#a73a91d8115c961a7585984a75513fd31',1,'amp_baseline_t']]],
  ['head_5fbytes_2',['head_bytes',['../structamp__response__t.html#aedf814b86bcb0ca0bbea3c2751aab93e',1,'amp_response_t']]],
  ['header_3',['header',['../structamp__response__t.html#a99ae6845b57e9e8945278dc83a715854',1,'amp_response_t']]],
  ['health_5fstatus_4',['health_status',['../structamp__installation__t.html#a68cb92341baf89e565ec7623e16a20d5',1,'amp_installation_t']]],
  ['healthy_5',['healthy',['../structamp__baseline__t.html#ac45f67e984357f4703ca266e412756b0',1,'amp_baseline_t']]],
  ['host_6',['host',['../structamp__url__t.html#a6c150bcab4c061dc7b5dbf2852da161e',1,'amp_url_t']]],
  ['href_7',['href',['../structamp__problem__t.html#ab1a8911595823f59d8783a48bb0b9a8f',1,'amp_problem_t']]],
  ['http_8',['http',['../structamp__info__t.html#a0672b8f74e2c16a65c52d2169c3fd451',1,'amp_info_t']]]
];
