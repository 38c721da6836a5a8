var searchData=
[
  ['failures_0',['failures',['../structamp__pace__t.html#a6a33c9ac6f2808f2c085a92d062ff4be',1,'amp_pace_t']]],
  ['field_1',['field',['../structamp__info__t.html#ad806311b0fb8f8b4cda257ef2c710362',1,'amp_info_t']]],
  ['fields_2',['fields',['../structamp__schema.html#a24cf3a7b07badb5d85ab2cdd566f8bdf',1,'amp_schema']]],
  ['first_5fms_3',['first_ms',['../structamp__pace__t.html#aa78c8c35302a098581bb486a8db8e707',1,'amp_pace_t']]],
  ['flags_4',['flags',['../structamp__client__t.html#a51f352ff84feef777037b89a260f126d',1,'amp_client_t::flags()'],['../structamp__field__t.html#ad3d9a8bf810126de04cf7f0ff186d2d3',1,'amp_field_t::flags()'],['../structamp__schema.html#a8658177de25bc3075b1d8a9b7ea11860',1,'amp_schema::flags()']]],
  ['from_5',['from',['../structamp__client__t.html#a4d69542af5ff956ebddd69bd5e7a9e0e',1,'amp_client_t']]]
];
