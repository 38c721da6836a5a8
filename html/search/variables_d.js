var searchData=
[
  ['object_5fname_0',['object_name',['../structamp__get__backfill__progress__t.html#a0430e3300f0695d3bff7f852f230e2cb',1,'amp_get_backfill_progress_t::object_name()'],['../structamp__backfill__progress__t.html#ac0860a72ae77421fb035d70e2247c7ec',1,'amp_backfill_progress_t::object_name()']]],
  ['of_1',['of',['../structamp__field__t.html#a0a382daa15f74896ad3c538417616ef5',1,'amp_field_t']]],
  ['offset_2',['offset',['../structamp__field__t.html#a3e515ab9466d139ddbb0d8145fc42d6e',1,'amp_field_t']]],
  ['on_5fwire_3',['on_wire',['../structamp__client__t.html#a41c72c8ff23784efda6305eee2d6623a',1,'amp_client_t']]],
  ['open_4',['open',['../structamp__client__t.html#a40ad21dab7aa2748f38fe0a51ad0e04c',1,'amp_client_t::open()'],['../structamp__port__t.html#af1adc5666b6d39104170852c46d4becf',1,'amp_port_t::open()']]],
  ['operation_5',['operation',['../structamp__operations__t.html#a804a7b4060479a6cd2277a81afa1ead8',1,'amp_operations_t']]],
  ['operation_5fid_6',['operation_id',['../structamp__backfill__progress__t.html#a106dace77eae9e33c3221123b7f2f1d3',1,'amp_backfill_progress_t']]],
  ['out_7',['out',['../structamp__client__t.html#a10c3ff379b44d1f8fedd6cdc4d340124',1,'amp_client_t::out()'],['../structamp__connect__args__t.html#a5143fdf8a0f7c09db3cb8f09bbd29281',1,'amp_connect_args_t::out()']]]
];
