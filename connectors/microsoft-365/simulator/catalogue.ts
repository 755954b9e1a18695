/** Products and improvement actions to draw from. Titles are invented. */

export const products = [
  { partNumber: 'FAKE_BUSINESS_PREMIUM', enabled: 45, trial: false, free: false },
  { partNumber: 'FAKE_MAIL_PLAN_1', enabled: 12, trial: false, free: false },
  { partNumber: 'FAKE_DEFENCE_ADDON', enabled: 25, trial: true, free: false },
  { partNumber: 'FAKE_FLOWS_FREE', enabled: 10_000, trial: false, free: true },
] as const;

type Line = readonly [id: string, title: string, category: string, maxScore: number, service: string];

/** `scid_` controls come from the endpoint product and are only in the score. */
export const actions: readonly Line[] = [
  ['MFARegistrationV2', 'Ask everyone for a second factor', 'Identity', 9, 'AAD'],
  ['AdminMFAV2', 'Ask administrators for a second factor', 'Identity', 10, 'AAD'],
  ['BlockLegacyAuthentication', 'Block sign-ins that cannot do a second factor', 'Identity', 8, 'AAD'],
  ['OneAdmin', 'Have more than one global administrator', 'Identity', 1, 'AAD'],
  ['RoleOverlap', 'Give administrators no more than they need', 'Identity', 1, 'AAD'],
  ['PWAgePolicyNew', 'Let passwords never expire', 'Identity', 8, 'AAD'],
  ['SelfServicePasswordReset', 'Let people reset their own password', 'Identity', 1, 'AAD'],
  ['SigninRiskPolicy', 'Stop risky sign-ins', 'Identity', 7, 'AAD'],
  ['UserRiskPolicy', 'Act on accounts at risk', 'Identity', 7, 'AAD'],
  ['exo_mailboxaudit', 'Record what is done in mailboxes', 'Apps', 5, 'EXO'],
  ['exo_outboundmalware', 'Stop harmful mail that leaves', 'Apps', 6, 'EXO'],
  ['mdo_safelinks', 'Check links when they are opened', 'Apps', 9, 'MDO'],
  ['mdo_safeattachments', 'Open attachments in a safe place first', 'Apps', 8, 'MDO'],
  ['spo_idle_session', 'End idle sessions', 'Apps', 1, 'SPO'],
  ['teams_external', 'Choose who may write from outside', 'Apps', 2, 'Teams'],
  ['dlp_datalossprevention', 'Keep card numbers from leaving', 'Data', 5, 'MIP'],
  ['mip_sensitivitylabels', 'Label what is confidential', 'Data', 5, 'MIP'],
  ['IRM_enabled', 'Protect documents wherever they go', 'Data', 3, 'MIP'],
  ['scid_2010', 'Turn real-time protection on', 'Device', 10, 'MDATP'],
  ['scid_91', 'Encrypt system drives', 'Device', 9, 'MDATP'],
  ['scid_2090', 'Block code from unknown senders', 'Device', 9, 'MDATP'],
  ['NA', 'Not assigned', 'Infrastructure', 0, 'Azure'],
  ['aad_oldcontrol', 'An action that was retired', 'Identity', 4, 'AAD'],
  ['aad_notapplicable', 'An action without a score here', 'Identity', 3, 'AAD'],
];
