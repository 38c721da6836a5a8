var searchData=
[
  ['amp_5fanchor_5fkind_5ft_0',['amp_anchor_kind_t',['../tls_8h.html#a845fde4334e80d5f125987b92a5665f0',1,'tls.h']]],
  ['amp_5fclass_5ft_1',['amp_class_t',['../status_8h.html#a176c235e6e57152e3bcdb12f39835549',1,'status.h']]],
  ['amp_5fconnect_5fstate_5ft_2',['amp_connect_state_t',['../connect_8h.html#aa8c752e13275b975ebfde14945e4a4eb',1,'connect.h']]],
  ['amp_5fremedy_5ft_3',['amp_remedy_t',['../health_8h.html#a051d8840ee0b4f84af384ca07b757288',1,'health.h']]],
  ['amp_5fstage_5ft_4',['amp_stage_t',['../status_8h.html#ab06f412013ac25e705b44368532a8971',1,'status.h']]],
  ['amp_5fstatus_5ft_5',['amp_status_t',['../status_8h.html#a52798e1b1c37a41a08e142de5d0c3484',1,'status.h']]],
  ['amp_5ftype_5ft_6',['amp_type_t',['../schema_8h.html#a31c5a929a9f5385502d0f819352fae2b',1,'schema.h']]],
  ['amp_5fverdict_5ft_7',['amp_verdict_t',['../health_8h.html#a9ae16f476157f22514ae0e0ac796ebbc',1,'health.h']]]
];
