var searchData=
[
  ['base_5furl_0',['base_url',['../structamp__config__t.html#a51c550cca4073ae67100ce1fc84db9ac',1,'amp_config_t']]],
  ['baseline_1',['baseline',['../structamp__connect__t.html#a03942744e1bcf4f37c9728f6c7c19567',1,'amp_connect_t::baseline()'],['../structamp__look__t.html#ad5c51de618b0e5572eab477276974c4c',1,'amp_look_t::baseline()']]],
  ['before_2',['before',['../structamp__look__t.html#aaebdd4b09867c2862c2e6c4dd4fb89c5',1,'amp_look_t']]],
  ['best_3',['best',['../structamp__look__t.html#a4c447d3a02362d4dea44d5287a4d532a',1,'amp_look_t']]],
  ['block_4',['block',['../structamp__pem__fault__t.html#a4d332b9458cbc5c93a97a8a1f1786698',1,'amp_pem_fault_t']]],
  ['body_5',['body',['../structamp__request__t.html#a70c7b6db1eefec2b5d621ffd260ac467',1,'amp_request_t']]],
  ['bundle_6',['bundle',['../structamp__tls__config__t.html#ac2e9166be0445d22c319fcd3ff63113b',1,'amp_tls_config_t']]],
  ['bundle_5fversion_7',['bundle_version',['../structamp__tls__config__t.html#a6c3af4a1278ea034c042757923b68220',1,'amp_tls_config_t']]],
  ['busy_8',['busy',['../structamp__client__t.html#a96497eece241959d98444fd71537a5c3',1,'amp_client_t']]],
  ['bytes_5freceived_9',['bytes_received',['../structamp__tls__stats__t.html#a99c92ddd83b796dd1d38b85a00f88ec3',1,'amp_tls_stats_t']]],
  ['bytes_5fsent_10',['bytes_sent',['../structamp__tls__stats__t.html#a7033b0bbc00afb340c638cce3686e903',1,'amp_tls_stats_t']]]
];
