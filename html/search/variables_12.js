var searchData=
[
  ['under_0',['under',['../structamp__tls__config__t.html#af03cb1b9a853a7abb3ebfe658bce3d48',1,'amp_tls_config_t']]],
  ['update_1',['update',['../structamp__connect__t.html#a3df19f317d94995f43ebae3babd2ec3e',1,'amp_connect_t']]],
  ['update_5ftime_2',['update_time',['../structamp__connection__t.html#a09eb408a696e423f28b5b71930f04044',1,'amp_connection_t::update_time()'],['../structamp__installation__t.html#a3c7fea86116e77f6027a46077fd43088',1,'amp_installation_t::update_time()'],['../structamp__backfill__progress__t.html#a51e0cbee0177f74324b4abe04823c270',1,'amp_backfill_progress_t::update_time()']]],
  ['url_3',['url',['../structamp__client__t.html#a891849a6d845dd649e31a314f8e5ef34',1,'amp_client_t::url()'],['../structamp__connect__args__t.html#a4956e7d2380c1d265ed97717712dafcc',1,'amp_connect_args_t::url()']]],
  ['username_4',['username',['../structamp__credential__t.html#a24c97e1ad0dca4b591cc17b7d34d150c',1,'amp_credential_t']]],
  ['utc_5',['utc',['../structamp__evidence__t.html#a9a4ba4caf39abc0136581ca165c321ae',1,'amp_evidence_t']]]
];
