var searchData=
[
  ['abi_2eh_0',['abi.h',['../abi_8h.html',1,'']]],
  ['ampersand_2eh_1',['ampersand.h',['../ampersand_8h.html',1,'']]]
];
