var searchData=
[
  ['url_2eh_0',['url.h',['../url_8h.html',1,'']]]
];
