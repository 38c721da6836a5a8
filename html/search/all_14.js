var searchData=
[
  ['wait_0',['wait',['../structamp__port__t.html#aa6c5792b93665d48dfcb1da6c5557154',1,'amp_port_t']]],
  ['wait_5fms_1',['wait_ms',['../structamp__health__t.html#ab2785ae7a31b0efa8db556d7156b3a49',1,'amp_health_t']]],
  ['wanted_2',['wanted',['../structamp__client__t.html#a8c87c422863654b04f41c63b05d45992',1,'amp_client_t']]],
  ['why_3',['why',['../structamp__health__t.html#a50f0c5bab8a464f2daff8e2547bece20',1,'amp_health_t']]],
  ['with_5frecovered_4',['with_recovered',['../structamp__look__t.html#a1d6d968dc3bbe3e2d6034070aff8d4bf',1,'amp_look_t']]],
  ['word_5',['word',['../structamp__health__t.html#aa276f8693bb370fba7f6b5dfd1fe0f03',1,'amp_health_t']]],
  ['work_6',['work',['../structamp__client__t.html#a32151b7952ec9503c01f70bdd54896ba',1,'amp_client_t']]],
  ['work_5fsize_7',['work_size',['../structamp__client__t.html#a63f4e67537aefbba1d7632561440b770',1,'amp_client_t']]]
];
