import type { Lang, Text } from './rules/text.ts'

/** What the server says when it refuses, each with what to do about it. The key is the stable code programs see. */
const sentences = {
  'cells.tooMany': {
    zh: '一次最多保存 {most} 格，请分几次保存。',
    en: 'At most {most} cells can be saved at once; save them in parts.',
  },
  'cells.uneven': {
    zh: 'sheets、fields、seen、values、replaces 各列须一样长，请检查提交的内容。',
    en: 'The lists sheets, fields, seen, values and replaces must be of equal length; check what is sent.',
  },
  'key.malformed': {
    zh: 'key 应为 8 到 80 个字母、数字或 . _ : -，每次操作用一个新的。',
    en: 'key takes 8 to 80 letters, digits or . _ : - and is new for every action.',
  },
  'key.used': {
    zh: '这个 key 已用于另一次操作，每次操作请用一个新的。',
    en: 'This key belongs to another action; use a new one for every action.',
  },
  'undo.unknown': {
    zh: '没有可以撤销的这次改动：只能撤销自己的改动。',
    en: 'There is no such change to undo; you can undo your own changes only.',
  },
  'cycle.unknown': { zh: '没有这个考核年度，请从列表中选择。', en: 'There is no such cycle; choose one from the list.' },
  'cycle.closed': { zh: '本年度考核已结束，不能再改分。', en: 'This cycle is closed; scores can no longer be changed.' },
  'cycle.exists': {
    zh: '本年度（季度）已按这部办法开过考核，请直接使用。',
    en: 'There is a cycle of this period under this policy already; use that one.',
  },
  'cycle.year': { zh: '年度应在 2000 到 2100 之间。', en: 'The year lies between 2000 and 2100.' },
  'cycle.baseDate': { zh: '名额基准日应在 {from} 至 {to} 之间。', en: 'The base date lies from {from} to {to}.' },
  'cycle.exception': {
    zh: '不参加考核的每一人都要选自名册，并写明原因（不超过 200 字）。',
    en: 'Everyone left out is somebody of the roster, with a reason of 200 characters at most.',
  },
  'cycle.nobody': {
    zh: '这一期没有人在岗，无人可考核；请先登记任职。',
    en: 'Nobody holds a posting in this period; enter postings first.',
  },
  'cycle.otherPolicy': {
    zh: '只能改用同一部办法的另一版本；换办法请另开考核。',
    en: 'Only another version of the same policy can take its place; open another cycle for another policy.',
  },
  'cycle.filed': {
    zh: '已有考核表备案，不能再改办法；请走更正程序。',
    en: 'Some sheets are on file, so the rules stand; use a correction.',
  },
  'unit.unknown': { zh: '没有这个单位，请从列表中选择。', en: 'There is no such unit; choose one from the list.' },
  'sheet.unknown': { zh: '没有这张考核表，请刷新后再试。', en: 'There is no such score sheet; reload and try again.' },
  'sheet.notYours': {
    zh: '只有本镇（街道）的考核人员可以评分。',
    en: 'Only the assessors of the sheet’s own town may enter scores.',
  },
  'sheet.notOpen': {
    zh: '本表已上报，不能再改；确需更正的，请县局退回。',
    en: 'This sheet has been submitted and can no longer be changed; ask the county bureau to return it.',
  },
  'recused': {
    zh: '其中有你本人或已申报回避的亲属，须由别人办理。',
    en: 'You or a declared relative of yours is concerned; somebody else must do this.',
  },
  'attendance.kind': { zh: '请选缺勤或查岗。', en: 'Choose an absence or a spot check.' },
  'attendance.days': {
    zh: '请填 {year} 年内真实存在的日期，止日不早于起日。',
    en: 'Give days that exist in {year}, the last not before the first.',
  },
  'attendance.half': {
    zh: '半天只能记在一天上；按整天计算缺勤的办法不记半天。',
    en: 'Half a day is of one day only, and not where the policy counts whole days.',
  },
  'attendance.check': {
    zh: '查岗只记一天；本办法不看查岗，请记缺勤。',
    en: 'A spot check is of one day, and only where the policy looks at it.',
  },
  'attendance.notYours': {
    zh: '考勤由本镇考勤员或县局在评分期间记录；评分人员不能记考勤。',
    en: 'Attendance is kept by the town’s attendance officer or the bureau while scores are entered, not by those who score.',
  },
  'attendance.unknown': { zh: '没有这条考勤记录，或已更改，请刷新。', en: 'There is no such record, or it was changed; reload.' },
  'attendance.others': {
    zh: '只能更改自己记的考勤；别人的请县局更改。',
    en: 'You can change your own records only; the bureau changes those of others.',
  },
  'recusal.person': {
    zh: '名册里没有这个人，请从列表中选择。',
    en: 'There is nobody of that kind on the roster; choose from the list.',
  },
  'recusal.account': { zh: '没有这个账号，请核对登录名。', en: 'There is no such account; check the login.' },
  'recusal.relation': { zh: '请写明关系，不超过 50 字。', en: 'Say how they are related, in 50 characters at most.' },
  'recusal.standing': { zh: '这项回避已经登记。', en: 'This relative is declared already.' },
  'recusal.unknown': { zh: '没有这项回避登记，或已解除，请刷新。', en: 'There is no such declaration, or it has ended; reload.' },
  'recusal.own': { zh: '自己的回避须由别人解除。', en: 'Somebody else must end a declaration of your own.' },
  'recusal.others': {
    zh: '只能为自己申报；为他人登记请找县局或安全管理员。',
    en: 'Declare for yourself only; the county bureau or the security administrator does it for others.',
  },
  'stage.unknown': {
    zh: '没有这一步，或不能从这一步这样走，请刷新后再看。',
    en: 'There is no such stage, or no such way from it; reload and look again.',
  },
  'stage.empty': {
    zh: '这里没有停在这一步的考核表，可能别人已经办过，请刷新。',
    en: 'No sheet stands at this stage here; somebody may have passed them on. Reload.',
  },
  'stage.notYours': {
    zh: '这一步不由你办理，或其中有不归你管的考核表；请选自己的单位。',
    en: 'This stage is not yours, or some of the sheets are not; choose your own unit.',
  },
  'stage.reason': { zh: '退回请写明理由，不超过 500 字。', en: 'To send back, give a reason of 500 characters at most.' },
  'stage.sameHand': {
    zh: '前一步是你本人以另一角色签的，这一步须由别人签字。',
    en: 'You signed an earlier stage in another role; somebody else must sign this one.',
  },
  'stage.signed': { zh: '这个角色已经签过字，正在等其他机关。', en: 'This role has signed already; the others are awaited.' },
  'stage.incomplete': {
    zh: '还有 {n} 张考核表没有评完，请先补齐。',
    en: '{n} sheets are not fully scored; complete them first. ',
  },
  'stage.noBallots': {
    zh: '有 {n} 人还没有“{group}”的评议票，请先请人评议，或记缺并写明理由。',
    en: '{n} people have no ballot of “{group}” yet; have them rated, or record the group as missing with a reason. ',
  },
  'rating.hidden': {
    zh: '无记名，满 {n} 张票才列出平均，已计入。',
    en: 'Secret: the mean is shown from {n} ballots on; it counts.',
  },
  'rating.group': {
    zh: '办法里没有这一方评议人，请从列表中选择。',
    en: 'The policy has no such group of raters; choose from the list.',
  },
  'rating.people': {
    zh: '请填至少一人：登录名，或不超过 40 字的姓名（票号）。',
    en: 'Name somebody: a login, or a name or number of 40 characters at most.',
  },
  'rating.tooMany': { zh: '一次最多请 {most} 人次，请分几次。', en: 'At most {most} invitations at once; make them in parts.' },
  'rating.account': { zh: '没有账号“{login}”，请核对登录名。', en: 'There is no account {login}; check the login.' },
  'rating.relative': {
    zh: '{name}是被评议人本人或其亲属，不能评议，请另请他人。',
    en: '{name} is the rated person or a relative; ask somebody else.',
  },
  'rating.twice': {
    zh: '其中有人已被请评议同一张表，请先去掉。',
    en: 'Somebody is asked to rate the same sheet already; leave them out.',
  },
  'rating.notYours': {
    zh: '现在不归你组织评议：只在可评分的步骤，由该步经办人办理。',
    en: 'These ratings are not yours to run now: it is done at a scoring stage, by those who score there.',
  },
  'rating.unknown': {
    zh: '没有这位评议人，或已撤回，请刷新。',
    en: 'There is no such rater, or the invitation was taken back; reload.',
  },
  'rating.voted': {
    zh: '其中有人已经评过，不能撤回；须作废的请用作废。',
    en: 'Somebody has voted already; void the ballot instead.',
  },
  'rating.wholeGroup': {
    zh: '无记名的只能整方作废，记名的须选定一人。',
    en: 'Ballots of a secret group are void all together; of a signed one, name the rater.',
  },
  'rating.ground': {
    zh: '作废只限一人多投或无权评议，请选其一。',
    en: 'Ballots are void for one person twice, or nobody entitled; choose one.',
  },
  'rating.noBallot': { zh: '没有可作废的有效票。', en: 'There is no valid ballot to void.' },
  'rating.hasBallots': { zh: '这一方已有评议票，不能记缺。', en: 'This group has given ballots; it is not missing.' },
  'vote.unknown': { zh: '没有这张票，请核对票码。', en: 'There is no such ballot; check the code.' },
  'vote.used': { zh: '这张票已经投过，每人一票。', en: 'This ballot has been cast; each has one.' },
  'vote.closed': { zh: '这张考核表的评议已经结束，不能再投。', en: 'The ratings of this sheet are closed.' },
  'vote.mark': {
    zh: '“{dimension}”请打 0 到 {most} 分，最小 {step} 分；每个方面都要打。',
    en: 'Give “{dimension}” 0 to {most} in steps of {step}; every dimension takes a mark.',
  },
  'vote.wait': { zh: '错误的票码太多，请 {minutes} 分钟后再试。', en: 'Too many wrong codes; try again in {minutes} minutes.' },
  'stage.contested': {
    zh: '有 {n} 人并列名额待裁定，请考核小组先裁定。',
    en: '{n} people tie for seats; the panel rules first. ',
  },
  'stage.ungraded': { zh: '有 {n} 人还没有等次，请先评定。', en: '{n} people have no grade yet; give them one first. ' },
  'stage.unexplained': {
    zh: '有 {n} 名不合格者还没有书面说明，请先补上。',
    en: '{n} people who failed have no written explanation yet; write it first. ',
  },
  'stage.readings': {
    zh: '结果取决于尚未批准的读法：{ids}；请在考核办法页登记批准。',
    en: 'Results depend on readings nobody approved: {ids}; record their approval on the policies page. ',
  },
  'ruling.reason': { zh: '请写明理由，不超过 1000 字。', en: 'Give a reason, of 1000 characters at most.' },
  'ruling.notYours': {
    zh: '现在不归你评定或裁定：评分结束后、公示之前，由当前步骤的经办人办理。',
    en: 'It is not yours to decide now: after scoring and before the notice, those at the present stage decide.',
  },
  'ruling.gradeRefused': { zh: '这个等次不能评定：{why}', en: 'This grade cannot be given: {why}' },
  'ruling.notContested': {
    zh: '所列的人现在不在同一组并列待裁定之中，请刷新后再选。',
    en: 'Those named do not tie for the same seats now; reload and choose again.',
  },
  'ruling.tooMany': { zh: '只剩 {seats} 个名额，请少选几人。', en: 'Only {seats} seats are left; choose fewer people.' },
  'ruling.filed': { zh: '已备案，不能再改；请走更正程序。', en: 'It is on file and stands; use a correction.' },
  'ruling.step': {
    zh: '办法没有列出这一步法律手续，请从列表中选择。',
    en: 'The policy lists no such step of the law; choose one from the list.',
  },
  'ruling.noGround': {
    zh: '没有办法所列的解除情形，不能作此决定。',
    en: 'None of the grounds of the policy is met, so this cannot be decided.',
  },
  'ruling.noLegal': {
    zh: '这部办法没有登记法律手续，不能在此作解除决定；请先由人补入办法。',
    en: 'The policy lists no steps of the law, so nothing can be decided here; a person must add them first.',
  },
  'ruling.missing': {
    zh: '还缺法律手续：{steps}。请先逐项记录。',
    en: 'Steps of the law are missing: {steps}. Record them first.',
  },
  'elimination.ground': {
    zh: '末位淘汰人选：平时表现 {measure}，倒数第 {place}。排在末位本身不是解除的理由，须另有不能胜任的记录并办完以下各步',
    en: 'Comes {place} from the last with {measure}. Being last is no ground by itself: incompetence must be on record and every step below taken',
  },
  'stage.blocked': { zh: '还不能往下走：{why}', en: 'They cannot go on yet: {why}' },
  'conflict': {
    zh: '{by} 已把这一格改为 {theirs}，请决定保留哪一个。',
    en: '{by} has changed this cell to {theirs}; decide which to keep.',
  },
  'conflict.empty': { zh: '空', en: 'empty' },
  'conflict.start': { zh: '他人', en: 'Somebody' },
  'policy.unknown': { zh: '没有这部考核办法，请从列表中选择。', en: 'There is no such policy; choose one from the list.' },
  'example.unknown': { zh: '没有这个算例，请从列表中选择。', en: 'There is no such example; choose one from the list.' },
  'choices.unknown': { zh: '解释选项不对：{says}', en: 'A chosen reading is wrong: {says}' },
  'facts.refused': { zh: '{field}：{says}', en: '{field}: {says}' },
  'reading.unknown': {
    zh: '本办法没有登记这项未明之处，请从列表中选择。',
    en: 'The policy has no such open question; choose one from the list.',
  },
  'reading.notInForce': {
    zh: '本周期采用的是“{says}”，只能登记对它的批准。',
    en: 'The cycle is judged by “{says}”; only its approval can be recorded.',
  },
  'reading.reason': {
    zh: '请写明批准机关和文号，不超过 200 字。',
    en: 'Name the authority and its paper, in 200 characters at most.',
  },
  'view.name': { zh: '视图名称请写 1 到 {most} 个字。', en: 'A view’s name takes 1 to {most} characters.' },
  'view.content': { zh: '视图内容不对，请重新保存。', en: 'What the view holds is not right; save it again.' },
  'view.tooMany': {
    zh: '每人每页最多存 {most} 个视图，请先删除不用的。',
    en: 'Each person has {most} views a page at most; remove some first.',
  },
  'view.unknown': {
    zh: '没有这个视图；只能删除自己的视图。',
    en: 'There is no such view; you can remove your own only.',
  },
  'note.field': { zh: '考核表里没有这一栏，不能批注。', en: 'The score sheet has no such column to put a note on.' },
  'note.length': { zh: '批注请写 1 到 {most} 个字。', en: 'A note takes 1 to {most} characters.' },
  'note.unknown': {
    zh: '没有这条批注，或已收回；只能收回自己的批注。',
    en: 'There is no such note, or it was taken back; you can take back your own only.',
  },
  'measure.unknown': {
    zh: '没有名为 {measure} 的指标，应为 total、部分或评分项的编号。',
    en: 'There is no measure {measure}; it takes total, or the id of a section or an item.',
  },
  'percent.wrong': { zh: '比例应为 0% 到 100%，如 20%。', en: 'A percentage goes from 0% to 100%, such as 20%.' },
  'quota.unknown': { zh: '本办法没有名为 {kind} 的名额。', en: 'The policy has no quota {kind}.' },
  'signIn.needed': { zh: '请先登录。', en: 'Sign in first.' },
  'signIn.wrong': { zh: '账号或密码不对，请重新输入。', en: 'The account or the password is wrong; type them again.' },
  'signIn.wait': {
    zh: '失败次数过多，请 {minutes} 分钟后再试。',
    en: 'Too many failed attempts; try again in {minutes} minutes.',
  },
  'permission': { zh: '你的账号无权进行此操作。', en: 'Your account may not do this.' },
  'request.tooDeep': {
    zh: '查询嵌套 {found} 层，最多 {most} 层，请分开查询。',
    en: 'The query is {found} levels deep; {most} are allowed. Split it.',
  },
  'request.tooCostly': {
    zh: '查询的开销为 {found}，上限为 {most}，请减少字段或分开查询。',
    en: 'The query costs {found}; {most} are allowed. Ask for fewer fields or split it.',
  },
  'request.tooLarge': {
    zh: '提交的内容超过 {most} MB，请分几次提交。',
    en: 'The request is larger than {most} MB; send it in parts.',
  },
  'request.malformed': { zh: '提交的内容不是有效的 JSON。', en: 'The request is not valid JSON.' },
  'request.notFound': { zh: '没有这个地址。', en: 'There is nothing at this address.' },
  'request.streamed': {
    zh: '订阅请用 /graphql/stream。',
    en: 'Subscriptions are served at /graphql/stream.',
  },
  'request.notStreamed': {
    zh: '此地址只供订阅；查询与保存请用 /graphql。',
    en: 'Only subscriptions are served here; send queries and mutations to /graphql.',
  },
  'unexpected': {
    zh: '出了意外的错误，已记录在案，编号 {id}。请稍后再试，或把编号告诉管理员。',
    en: 'Something unexpected went wrong; it is on record as {id}. Try again later, or tell the administrator this number.',
  },
} satisfies Record<string, Text>

export type Code = keyof typeof sentences

/** The sentence of a code in a language, its `{names}` filled in. */
export function sentence(lang: Lang, code: Code, params: Record<string, string> = {}): string {
  return sentences[code][lang].replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
}
