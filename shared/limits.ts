/** Lengths and counts that the collector checks and that pages and the dashboard use. Characters are Unicode code points. */
export const limits = {
  bodyBytes: 32 * 1024,
  /** The largest response that the shape allows, written as the longest JSON does: each character as `\ud83d\ude00`. */
  responseBytes: 144 * 1024,
  /** The same of a survey's settings: fifty topics of fifty stems, all texts in all languages. */
  settingsBytes: 2560 * 1024,
  /** What a page's form may send: so much that a comment far too long comes back to be cut, and is not lost. */
  formBytes: 256 * 1024,
  commentCharacters: 2000,
  properties: 20,
  propertyNameCharacters: 40,
  propertyValueCharacters: 200,
  respondentCharacters: 200,
  /** Enough for the longest id in the longest way to write it in JSON (`\ud83d\ude00`), in base64url and signed. */
  identityTokenCharacters: 4000,
  pageCharacters: 500,
  localeCharacters: 35,
  segments: 12,
  segmentValues: 100,
  /** A `where`: the longest segment's name in quotes and its three longest values, which NFC may make three times as long. */
  whereCharacters: 2500,
  /** Conditions on segments that one list is narrowed by. */
  wheres: 5,
  /** Runs of `*` in the pattern of a page by which a list is narrowed. */
  patternStars: 10,
  /** Comments of a survey that are read for the topics within a segment. */
  topicComments: 20_000,
  origins: 50,
  /** The longest name of a host, with scheme, star and port. */
  originCharacters: 270,
  /** With an offset and more digits of a second than anybody counts. */
  instantCharacters: 40,
  nameCharacters: 120,
  textCharacters: 300,
  topics: 50,
  topicStems: 50,
  stemCharacters: 40,
  suggestions: 50,
  urlPatterns: 50,
  targetedLanguages: 50,
  /** Properties that a survey may look at before it asks, and values of each. */
  targetedProperties: 5,
  targetedValues: 20,
  stopAfterMost: 100_000_000,
  urlCharacters: 500,
  /** What a QR code of the largest version and level Q holds, in any characters of an address (ISO/IEC 18004). */
  qrCharacters: 1663,
  /** Links that one list makes codes for. */
  listedLinks: 500,
  /** A browser's clock is believed this far back and ahead of ours; an id outside is refused. */
  clockBackDays: 7,
  clockAheadMinutes: 10,
  /** A response may be changed this long after the server first stored it. */
  amendableHours: 24,
  /** Retention may not be shorter: an id older than clockBackDays + amendableHours can no longer be written. */
  retentionDaysLeast: 9,
  retentionDaysMost: 36_500,
  /** Settings that count days, and the seconds of a trigger. */
  settingDays: 3650,
  triggerSeconds: 3600,
  eventNameCharacters: 80,
  dailyLimitMost: 100_000_000,
  /** Respondents a call, days that an invitation may stay open, and days that it does where nothing is said. */
  invitations: 1000,
  invitationDays: 365,
  invitationDaysUsual: 30,
  invitationsBytes: 1024 * 1024,
  /** One request of an import, and a line of it; the parts in which the command line and the dashboard send a long file. */
  importBytes: 4 * 1024 * 1024,
  importLines: 5000,
  importLineBytes: 256 * 1024,
  importPartLines: 500,
  /** The longest object of a JSON file: a page of an API with all its records. */
  importRecordCharacters: 16 * 1024 * 1024,
  importIdCharacters: 200,
  importSourceCharacters: 40,
  importColumns: 500,
  /** Refused lines that a reply names: all of a part of a long file. */
  importRefusals: 500,
  metricsYears: 10,
  groups: 50,
  rollingDays: 1100,
  /** A live stream ends after so long and is asked for again, so that a revoked key is noticed. */
  liveSeconds: 600,
  combinedSurveys: 20,
  /** The name of whoever takes care of a response, and how many such names a survey's list gives. */
  assigneeCharacters: 80,
  assignees: 200,
  tags: 20,
  tagCharacters: 40,
  searchCharacters: 200,
  searchWords: 6,
  /** Rows that one request looks at for a filter; then it hands back what it found and a cursor. */
  scannedRows: 5000,
  /** How long before its answer an invitation may have been made: its id tells the earlier of the two. */
  invitationDaysMost: 366,
  pageLimit: 100,
  /** Responses that a stream reads with one query, and the most that may be asked for as one part of it. */
  streamPartMost: 1000,
  /** How far a list that is asked for by the number of a page may be walked from its beginning, in rows. */
  pagedRows: 10_000,
  /** How long a sign-in code is good where nothing is said, and the most that may be asked for: over a weekend. */
  signInCodeMinutes: 10,
  signInCodeDaysMost: 3,
  /** Days for which the audit log is kept, unless the variable AUDIT_DAYS says otherwise. */
  auditDays: 400,
  webhooks: 20,
  /** A webhook's settings as the longest JSON of them. */
  webhookBytes: 64 * 1024,
  webhookUrlCharacters: 1000,
  webhookChatCharacters: 100,
  /** How long a message waits for what else the visitor answers, unless the visitor has come to the last question. */
  webhookHoldSeconds: 60,
  /** How often a message is tried before it is dead. */
  webhookAttempts: 10,
  /** Days after which messages are deleted, delivered or not. */
  webhookDeliveryDays: 30,
  /** For how long a replaced secret signs beside the new one. */
  webhookSecretHours: 24,
  /** The whole attempt, unless the variable WEBHOOK_TIMEOUT_SECONDS says otherwise. */
  webhookTimeoutSeconds: 10,
  /** How many characters of a receiver's answer the reply to a test shows. */
  webhookAnswerCharacters: 1000,
  /** Messages that the status counts. */
  statusMessages: 1000,
  /** What a mail may take, from the connection to the last answer. */
  mailTimeoutSeconds: 20,
  hooks: 20,
  /** A hook's settings as the longest JSON of them. */
  hookBytes: 192 * 1024,
  /** What a sender of events may send: an order with hundreds of lines. */
  hookEventBytes: 512 * 1024,
  /** Fields of a form, and how deep their names may nest. */
  hookFormFields: 2000,
  hookFormLevels: 10,
  /** Events of one request. */
  hookEvents: 100,
  pointerCharacters: 300,
  /** Values that a condition may name. */
  hookValues: 20,
  /** How far back or ahead the time in a signature may be. */
  hookSignatureMinutes: 5,
  hookSecretCharacters: 500,
  hookDelayMinutes: 30 * 24 * 60,
  /** For how long the last payload is kept, and how much of it. */
  hookPayloadHours: 24,
  hookPayloadBytes: 32 * 1024,
  hookPayloadTextCharacters: 200,
  /** Mails that are handed over in a minute and in a day (UTC), unless MAILS_PER_MINUTE and MAILS_PER_DAY say otherwise. */
  mailsPerMinute: 12,
  mailsPerDay: 1000,
  /** For how many days a mail is tried that the sender does not take yet. */
  mailTryDays: 3,
  /** How many times a mail is handed over of which nobody knows whether it was accepted. */
  mailUnsureMost: 3,
  /** Days after which a mail that has gone, or will not go, is deleted. What is counted of it stays. */
  mailDays: 90,
  /** Erasure leaves a segment's value in the counters only while at least so many responses are counted under it. */
  sharedValueLeast: 5,
} as const;
