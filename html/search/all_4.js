var searchData=
[
  ['encoded_0',['encoded',['../structamp__response__t.html#a30bd1b63de49bdc259dc6948835f661c',1,'amp_response_t']]],
  ['end_5fms_1',['end_ms',['../structamp__connect__t.html#a9f62fa4e500566c0edbbac42ebd02308',1,'amp_connect_t']]],
  ['endpoint_2',['endpoint',['../structamp__client__t.html#a61590ae55eb9ca26a4c416c5b0a9d654',1,'amp_client_t']]],
  ['expires_5fat_3',['expires_at',['../structamp__oauth2__token__t.html#a33ff69bbf9e28921e50948590694a344',1,'amp_oauth2_token_t']]]
];
