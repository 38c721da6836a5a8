var searchData=
[
  ['largest_5frecord_0',['largest_record',['../structamp__tls__stats__t.html#aa210b04271862f779beb26284a1c748d',1,'amp_tls_stats_t']]],
  ['last_5foperation_5fstatus_1',['last_operation_status',['../structamp__installation__t.html#ab35f0e115f9365256c0cf554e3ebc2b4',1,'amp_installation_t']]],
  ['len_2',['len',['../structamp__url__buf__t.html#a7ac1c2c17d286408744118a84a79c5b2',1,'amp_url_buf_t::len()'],['../structamp__str__t.html#ab1cdebd529d9ba1d30ac726e13e6eebd',1,'amp_str_t::len()'],['../structamp__anchor__t.html#a003206817b2a5506d9e646a59ea513d3',1,'amp_anchor_t::len()']]],
  ['length_3',['length',['../structamp__field__t.html#a2cc0e87d501f06697d491f299a5f4072',1,'amp_field_t']]],
  ['limit_5fms_4',['limit_ms',['../structamp__client__t.html#a1fc5b75616a19fd3cb5f35d4a897b8f1',1,'amp_client_t']]],
  ['line_5',['line',['../structamp__response__t.html#a79fe8d3c6dab01e9e56228228195e58f',1,'amp_response_t::line()'],['../structamp__pem__fault__t.html#a2b0b185fe9002dd476c9ad8ea09455d5',1,'amp_pem_fault_t::line()']]],
  ['line_5flen_6',['line_len',['../structamp__response__t.html#a23e0a098ee97e4f2f8c2dcda4630aba0',1,'amp_response_t']]],
  ['look_7',['look',['../structamp__connect__t.html#a458f9105aac01772ed35b480d765853b',1,'amp_connect_t']]]
];
