var searchData=
[
  ['key_0',['key',['../structamp__metadata__t.html#a9cde50336d8b09ba7e0ef641955c55de',1,'amp_metadata_t']]],
  ['kind_1',['kind',['../structamp__credential__t.html#aa2189c24f4d54dac6386b392b1e5f1c2',1,'amp_credential_t::kind()'],['../structamp__metadata__list__t.html#aade5d62690fddb4e8b40f6a4774ecbdc',1,'amp_metadata_list_t::kind()'],['../structamp__anchor__t.html#a03377ba876ea47775a15bad9eea665bf',1,'amp_anchor_t::kind()']]]
];
