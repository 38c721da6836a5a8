var searchData=
[
  ['value_0',['value',['../structamp__metadata__t.html#a4b5695ce863ba239998be7c906497d46',1,'amp_metadata_t']]],
  ['verdict_1',['verdict',['../structamp__health__t.html#a7612a1090e6b849cb909f25a0895d099',1,'amp_health_t']]]
];
