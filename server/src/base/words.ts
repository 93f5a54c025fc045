import type { Lang, Text } from '../rules/text.ts'

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
  'history.uneven': {
    zh: 'sheets 和 fields 两列须一样长，请检查提交的内容。',
    en: 'The lists sheets and fields must be of equal length; check what is sent.',
  },
  'history.tooMany': {
    zh: '一次最多查看 {most} 格的改动，请少选一些。',
    en: 'The changes of {most} cells can be listed at once at most; select fewer.',
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
    zh: '不参加考核的每一人都要选自名册，并写明原因（不超过 {most} 字）。',
    en: 'Everyone left out is somebody of the roster, with a reason of {most} characters at most.',
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
  'roster.tooMany': { zh: '一次最多 {most} 行，请分几次。', en: 'At most {most} rows at once; take them in in parts.' },
  'roster.empty': { zh: '没有可读入的行，请检查表格。', en: 'There is no row to take in; check the table.' },
  'roster.name': {
    zh: '姓名应为 1 至 {most} 字，请填写。',
    en: 'A name has 1 to {most} characters; enter it.',
  },
  'roster.text': { zh: '最多 {most} 字，不换行，请改短。', en: 'At most {most} characters on one line; shorten it.' },
  'roster.id.shape': {
    zh: '身份证号应为 18 位，末位可为 X；被表格改成 3.2E+17 的须按文本重新录入。',
    en: 'An ID number has 18 characters, the last perhaps X; one that a spreadsheet turned into 3.2E+17 must be typed again as text.',
  },
  'roster.id.day': {
    zh: '身份证号中的出生日期不存在，请核对。',
    en: 'The day of birth in the ID number does not exist; check it.',
  },
  'roster.id.check': {
    zh: '身份证号末位校验不符，有一位写错，请核对。',
    en: 'The check character of the ID number does not fit: a digit is wrong; check it.',
  },
  'roster.id.gender': {
    zh: '性别与身份证号不符，请核对。',
    en: 'The gender differs from the ID number; check both.',
  },
  'roster.id.born': {
    zh: '出生日期与身份证号（{text}）不符，请核对。',
    en: 'The date of birth differs from the ID number ({text}); check both.',
  },
  'roster.id.other': {
    zh: '{name} 已登记另一个身份证号；若是同一人，请在其个人页更正。',
    en: '{name} is on the roster with another ID number; if it is the same person, mend it on their page.',
  },
  'roster.id.holder': {
    zh: '这个身份证号已登记在 {name} 名下；若是同一人，请先改名。',
    en: 'This ID number is on the roster under the name {name}; if it is the same person, mend the name first.',
  },
  'roster.idTwice': {
    zh: '与第 {row} 行的 {name} 身份证号相同，请核对。',
    en: 'The same ID number as {name} in row {row}; check both.',
  },
  'roster.idOrBirth': {
    zh: '请填身份证号，或同时填性别和出生日期。',
    en: 'Enter the ID number, or both gender and date of birth.',
  },
  'roster.noId': {
    zh: '没有身份证号：重名时无法区分，请尽早补上。',
    en: 'No ID number: people of one name cannot be told apart; add it soon.',
  },
  'roster.standard': {
    zh: '不符合“{title}”（{clause}），照收；请核对。',
    en: 'Does not keep “{title}” ({clause}); taken all the same, check it.',
  },
  'roster.gender': { zh: '性别应为男或女。', en: 'Gender is male or female.' },
  'roster.day': {
    zh: '“{text}”不是日期，请写成 2024-03-05 或 2024-03。',
    en: '“{text}” is no date; write 2024-03-05 or 2024-03.',
  },
  'roster.dayUnclear': {
    zh: '“{text}”是数字，看不出是 1 月还是 10 月，请按文本写成 2024-01。',
    en: '“{text}” is a number: January or October cannot be told; write 2024-01 as text.',
  },
  'roster.dayRange': {
    zh: '“{text}”应在 {from} 至 {to} 之间，请核对。',
    en: '“{text}” should lie from {from} to {to}; check it.',
  },
  'roster.endsBefore': { zh: '止日早于起日，请核对。', en: 'It ends before it begins; check both days.' },
  'roster.flag': { zh: '“{text}”应为 {yes} 或 {no}。', en: '“{text}” should be {yes} or {no}.' },
  'roster.phone': { zh: '电话应为 5 至 20 位数字。', en: 'A telephone number has 5 to 20 digits.' },
  'roster.startsOn': { zh: '新的任职须填任职时间。', en: 'A new posting needs the day it began.' },
  'roster.villageMissing': { zh: '请填村（社区）。', en: 'Enter the village.' },
  'roster.townMissing': { zh: '请填镇（街道）。', en: 'Enter the town.' },
  'roster.townUnknown': {
    zh: '没有“{name}”这个镇（街道），请核对，或选“新建所缺的镇村”。',
    en: 'There is no town {name}; check it, or choose to make what is missing.',
  },
  'roster.villageUnknown': {
    zh: '没有“{name}”这个村（社区），请核对；要新建须同时写明镇（街道），并选“新建所缺的镇村”。',
    en: 'There is no village {name}; check it. To make it, name its town too and choose to make what is missing.',
  },
  'roster.townTwice': {
    zh: '有几个叫“{name}”的镇（街道），请写全称。',
    en: 'Several towns are called {name}; write its whole name.',
  },
  'roster.villageTwice': {
    zh: '有几个叫“{name}”的村（社区），请写明镇（街道）。',
    en: 'Several villages are called {name}; name the town too.',
  },
  'roster.unitName': { zh: '名称应为 1 至 {most} 字。', en: 'The name of a unit has 1 to {most} characters.' },
  'roster.unitTwice': {
    zh: '与上面的“{name}”是同一个单位，请只留一个名称。',
    en: 'The same unit as {name} above; keep one name.',
  },
  'roster.townCode': {
    zh: '镇（街道）代码应为 9 位，或 12 位且以 000 结尾。',
    en: 'The code of a town has 9 digits, or 12 that end in 000.',
  },
  'roster.villageCode': {
    zh: '村（社区）代码应为 12 位，不以 000 结尾。',
    en: 'The code of a village has 12 digits and does not end in 000.',
  },
  'roster.codeTaken': { zh: '这个代码已属于“{name}”，请核对。', en: 'This code belongs to {name}; check it.' },
  'roster.personUnknown': { zh: '名册上没有这个人，请刷新后再试。', en: 'There is no such person; reload and try again.' },
  'roster.postUnknown': { zh: '没有这段任职，请刷新后再试。', en: 'There is no such posting; reload and try again.' },
  'roster.twoCandidates': {
    zh: '该村有 {n} 位“{name}”，请填身份证号。',
    en: 'The village has {n} people called {name}; give the ID number.',
  },
  'roster.sameTwice': {
    zh: '与第 {row} 行是同一人的同一任职，请删去一行。',
    en: 'The same person and posting as row {row}; remove one of them.',
  },
  'roster.postedElsewhere': {
    zh: '{name} 自 {from} 起已在{village}任职；调动请先结束原任职。',
    en: '{name} has been posted to {village} since {from}; end that posting first.',
  },
  'unit.name': { zh: '单位名称应为 1 至 50 字。', en: 'The name of a unit has 1 to 50 characters.' },
  'unit.nameTaken': { zh: '已有“{name}”，请换一个名称。', en: 'There is a unit {name} already; take another name.' },
  'unit.code': {
    zh: '镇（街道）代码为 12 位且以 000 结尾，村（社区）代码为 12 位且不以 000 结尾。',
    en: 'The code of a town has 12 digits and ends in 000; that of a village has 12 digits and does not.',
  },
  'unit.codeTaken': { zh: '这个代码已属于“{name}”，请核对。', en: 'This code belongs to {name}; check it.' },
  'unit.day': {
    zh: '请填撤并前的最后一天，如 2026-06-30，不早于在岗者的任职时间。',
    en: 'Enter its last day, such as 2026-06-30, on which everybody posted there has begun.',
  },
  'unit.inUse': {
    zh: '“{name}”还有下属单位或在岗人员，请先撤并下属单位，或选定并入的单位。',
    en: '{name} still has units or people; close those first, or name the unit it is merged into.',
  },
  'posting.unknown': { zh: '没有这段任职，请刷新后再试。', en: 'There is no such posting; reload and try again.' },
  'posting.day': { zh: '日期应在 {from} 或以后，如 2026-06-30。', en: 'The day is {from} or later, such as 2026-06-30.' },
  'posting.reason': { zh: '离任种类为“其他”时须写明原因。', en: 'Write the reason where a posting ends in another way.' },
  'posting.sameVillage': {
    zh: '已在这个村（社区）任职，请另选。',
    en: 'The posting is in this village already; choose another.',
  },
  'roster.formula': {
    zh: '这一格是公式，请粘贴为数值后再导入。',
    en: 'This cell is a formula; paste it as a value and take it in again.',
  },
  'roster.errorCell': { zh: '这一格是错误值，请改正。', en: 'This cell holds an error; mend it.' },
  'import.form': {
    zh: '请以 application/octet-stream 上传文件本身，文件名放在 x-file-name 头，columns 为 JSON。',
    en: 'Send the file itself as application/octet-stream, its name in the header x-file-name, columns as JSON.',
  },
  'import.busy': {
    zh: '正在读入别的文件，请稍候再试。',
    en: 'Other files are being read; try again in a moment.',
  },
  'import.unknown': { zh: '没有这次导入，或已撤回；请刷新。', en: 'There is no such import, or it was taken back; reload.' },
  'import.builtOn': {
    zh: '这次导入的人员或单位已被改动或使用，不能整次撤回；请逐一更正。',
    en: 'People or units of this import were changed or used since; it cannot be taken back as a whole. Mend them one by one.',
  },
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
    zh: '请填真实存在的日期，止日不早于起日，至少有一天在 {year} 年内，一次不超过一年。',
    en: 'Give days that exist, the last not before the first, one of them in {year} at least, and a year at most.',
  },
  'attendance.half': {
    zh: '半天只能记在一天上，请把止日改为起日。',
    en: 'Half a day is of one day only; make the last day the first.',
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
  'stage.reason': { zh: '退回请写明理由，不超过 {most} 字。', en: 'To send back, give a reason of {most} characters at most.' },
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
  'stage.unpublished': {
    zh: '有 {n} 张考核表还没有公示，请先公示。',
    en: '{n} sheets have not been published; publish them first. ',
  },
  'stage.onView': {
    zh: '有 {n} 张考核表的公示期还没有满，请等到期满的次日。',
    en: '{n} sheets are still on public view; wait until the day after their last. ',
  },
  'stage.otherThanShown': {
    zh: '有 {n} 人的结果与公示的不同，请发更正公示。',
    en: 'The results of {n} people are no longer what was published; publish a correction. ',
  },
  'stage.appealed': {
    zh: '有 {n} 张考核表的申诉还没有答复，请先办理。',
    en: 'Appeals on {n} sheets are still open; decide them first. ',
  },
  'stage.changedSinceSigned': {
    zh: '有 {n} 张考核表签字之后内容有变，原签字不再有效，请退回重新签字。',
    en: '{n} sheets have changed since they were signed, so the signature no longer stands; send them back to be signed again. ',
  },
  'stage.otherPost': {
    zh: '有 {n} 人一年内换过岗位，另一岗位的考核表还可改动，请先评完上报。',
    en: 'For {n} people who moved within the year the sheet of the other post can still be changed; have it passed on first. ',
  },
  'stage.appealFell': {
    zh: '有 {n} 张考核表的申诉决定之后，所涉内容又有变动，请重新决定。',
    en: 'On {n} sheets what a rejected appeal was about has changed since; decide it again. ',
  },
  'notice.units': {
    zh: '公示按镇（街道）或村（社区）进行，请选一个或几个。',
    en: 'Results are published by town or village; choose one or several.',
  },
  'notice.columns': {
    zh: '公示内容须有姓名或遮盖的姓名其中一项，各项不重复，请重新选择。',
    en: 'A notice shows the name or the masked name, not both, and each column once; choose again.',
  },
  'notice.column': {
    zh: '不能公示“{columns}”：只能选所列各项，且不超出采用的读法。',
    en: '“{columns}” cannot be published: choose from the list, within the reading in force.',
  },
  'notice.days': {
    zh: '公示期为 {least} 到 {most} 个工作日，请重新填写。',
    en: 'A notice runs for {least} to {most} working days; enter it again.',
  },
  'notice.notYours': {
    zh: '公示不由你办理；由办法规定的公示机关发布。',
    en: 'Publishing is not yours to do; the authority named by the policy does it.',
  },
  'notice.nothing': {
    zh: '{unit} 没有待公示的考核表：须先走到公示这一步，且不在另一次公示中。',
    en: '{unit} has no sheets to publish: they must stand at the stage of the notice, and be on no other.',
  },
  'notice.unknown': { zh: '没有这次公示，请刷新后再选。', en: 'There is no such notice; reload and choose again.' },
  'notice.withdrawn': {
    zh: '这次公示已经撤回，请看新的公示。',
    en: 'This notice was withdrawn already; look at the newer one.',
  },
  'notice.reason': {
    zh: '更正或撤回公示请写明理由，不超过 {most} 字。',
    en: 'To correct or withdraw a notice, give a reason of {most} characters at most.',
  },
  'calendar.provisional': {
    zh: '{years} 年的节假日尚未公布或登记，所涉日期暂按星期计算，公布后重算；在此之前不能备案。',
    en: 'The days off of {years} are not announced or entered yet: days in it are counted by the week for now and again once they are. Until then nothing of it can be filed. ',
  },
  'calendar.year': { zh: '请填 2000 至 2100 之间的年份。', en: 'Give a year between 2000 and 2100.' },
  'calendar.announcement': {
    zh: '请写明所据通知的名称或文号，不超过 200 字。',
    en: 'Name the announcement or its number, in 200 characters at most.',
  },
  'calendar.days': {
    zh: '请列出全年放假的日期和调休上班的周末，合计不超过 100 天，至少有一天放假。',
    en: 'List the days off and the weekend days worked of the whole year: 100 at most, one day off at least.',
  },
  'calendar.noDay': { zh: '没有 {day} 这一天，请改为真实存在的日期。', en: 'There is no day {day}; give a day that exists.' },
  'calendar.otherYear': {
    zh: '{day} 不属于 {year} 年的安排，请核对年份。',
    en: '{day} does not belong to the days off of {year}; check the year.',
  },
  'calendar.twice': { zh: '{day} 列了两次，请删去一次。', en: '{day} is listed twice; leave one out.' },
  'calendar.noWeekend': {
    zh: '{day} 不是周末，本来就上班；调休只列周六、周日。',
    en: '{day} is no weekend day and is worked anyway; list Saturdays and Sundays only.',
  },
  'stage.daysUnknown': {
    zh: '{years} 年的节假日尚未公布，有 {n} 张考核表的缺勤或公示期要按它计算；请县局在“公示”页登记该年的节假日。',
    en: 'The days off of {years} are not announced, and absences or notices of {n} sheets are counted by them; the bureau enters the year on the notices page. ',
  },
  'holiday.day': {
    zh: '请填一个日期，如 2027-02-08。',
    en: 'Enter a day, such as 2027-02-08.',
  },
  'appeal.noNotice': {
    zh: '现在不能申诉：自公示之日起，到公示期满后 {days} 天内提出。',
    en: 'No appeal can be filed now: it is possible from the notice until {days} days after its end.',
  },
  'appeal.notYours': {
    zh: '只能为本人申诉，或由本村（社区）、本镇（街道）代为提出。',
    en: 'You can appeal for yourself, or the village or the town files it for you.',
  },
  'appeal.items': {
    zh: '请选出对哪些项目或等次有异议，最多 {most} 项。',
    en: 'Choose what is contested: items or the grade, {most} at most.',
  },
  'appeal.text': {
    zh: '请写明事实和理由，不超过 {most} 字。',
    en: 'Write the facts and reasons, in {most} characters at most.',
  },
  'appeal.twice': {
    zh: '这张考核表已有一件申诉在办，请等答复或先撤回。',
    en: 'An appeal on this sheet is already open; wait for the answer or withdraw it first.',
  },
  'appeal.unknown': {
    zh: '没有这件申诉，或已办结，请刷新。',
    en: 'There is no such appeal, or it is decided already; reload.',
  },
  'appeal.sameHand': {
    zh: '你填写、签过这张考核表，或是申诉的提出人，须由别人决定。',
    en: 'You entered or signed this sheet, or filed the appeal; somebody else must decide.',
  },
  'appeal.reason': {
    zh: '请写明决定的理由，不超过 {most} 字。',
    en: 'Give the reason of the decision, in {most} characters at most.',
  },
  'appeal.onlyNamed': {
    zh: '申诉只涉及所提的项目，其他各项不能改。',
    en: 'The appeal reopened only what it names; nothing else can be changed.',
  },
  'filing.none': {
    zh: '这张考核表还没有备案，请照常修改。',
    en: 'This sheet is not on file; change it in the ordinary way.',
  },
  'correction.document': {
    zh: '请写明所依据的文书，不超过 200 字。',
    en: 'Name the document it stands on, in 200 characters at most.',
  },
  'correction.same': {
    zh: '更正后与原来相同，请重新填写。',
    en: 'The corrected value is the one on file; enter another.',
  },
  'correction.pending': {
    zh: '这张考核表已有一件更正等人会签，请先办完。',
    en: 'A correction of this sheet awaits its second signature; finish that one first.',
  },
  'correction.unknown': {
    zh: '没有这件更正，或已办结，请刷新。',
    en: 'There is no such correction, or it is done already; reload.',
  },
  'correction.sameHand': {
    zh: '更正须由另一人会签，不能自己签两次。',
    en: 'Somebody else must sign a correction; one cannot sign twice.',
  },
  'correction.moved': {
    zh: '这一项已不是提出更正时的值，请另提一件。',
    en: 'The value is no longer what it was when this was proposed; propose another correction.',
  },
  'ruling.reason': { zh: '请写明理由，不超过 {most} 字。', en: 'Give a reason, of {most} characters at most.' },
  'ruling.notYours': {
    zh: '现在不归你评定或裁定：由考核小组在其步骤办理；办法没有考核小组的，由评分以后的经办人办理。',
    en: 'It is not yours to decide now: the panel decides at its stage or, where the policy has none, whoever has the sheets after scoring.',
  },
  'ruling.gradeRefused': { zh: '这个等次不能评定：{why}', en: 'This grade cannot be given: {why}' },
  'ruling.notCounted': {
    zh: '这张考核表的岗位在名额基准日不在任，等次请在本人基准日所在岗位的考核表上评定。',
    en: 'This post was not held on the base date; grade the sheet of the post that was.',
  },
  'ruling.notContested': {
    zh: '所列的人现在不在同一组并列待裁定之中，请刷新后再选。',
    en: 'Those named do not tie for the same seats now; reload and choose again.',
  },
  'ruling.tooMany': { zh: '只剩 {seats} 个名额，请少选几人。', en: 'Only {seats} seats are left; choose fewer people.' },
  'ruling.filed': { zh: '已备案，不能再改；请走更正程序。', en: 'It is on file and stands; use a correction.' },
  'demo.preparing': {
    zh: '演示县的一年正在准备，请过一会儿再试。',
    en: 'The year of the demo county is being prepared; try again in a moment.',
  },
  'ruling.step': {
    zh: '办法没有列出这一步法律手续，请从列表中选择。',
    en: 'The policy lists no such step of the law; choose one from the list.',
  },
  'ruling.noGround': {
    zh: '没有办法所列的解除情形，不能作此决定。',
    en: 'None of the grounds of the policy is met, so this cannot be decided.',
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
  'claim.unknown': { zh: '没有这笔申报，请刷新后再试。', en: 'There is no such claim; reload and try again.' },
  'claim.noRanks': {
    zh: '本办法没有这条按名次计分的规则，请从列表中选择。',
    en: 'The policy has no such rule about places; choose one from the list.',
  },
  'claim.noTally': { zh: '本办法不按加减分计分。', en: 'This policy does not count claims.' },
  'claim.closed': {
    zh: '本表已不在评分步骤，不能再申报或改动；确需更正的，请先退回。',
    en: 'The sheet is past the stages where scores are entered; have it sent back first.',
  },
  'claim.notYours': {
    zh: '这张表不由你办理：本人、本村、本镇可申报，本镇考核人员和县局可审定，本人的事不能自审。',
    en: 'This sheet is not yours: its coordinator, village and town put claims forward; its town’s assessors and the bureaus decide, never of themselves.',
  },
  'claim.refused': { zh: '{part}：{says}', en: '{part}: {says}' },
  'claim.matter': {
    zh: '请写明是哪件事，如表彰文号、稿件标题：同一件事只计一次。',
    en: 'Say which fact it is, such as the number of the paper or the headline: the same fact counts once.',
  },
  'claim.own': { zh: '不能审定自己的申报，请由别人审定。', en: 'You put this claim forward; somebody else must decide it.' },
  'claim.notOwn': { zh: '只能撤回自己的申报。', en: 'You can take back your own claims only.' },
  'claim.decided': { zh: '这笔申报已有结果，请刷新后再看。', en: 'This claim has been settled already; reload and look again.' },
  'claim.reason': { zh: '请写明理由，不超过 {most} 字。', en: 'Give a reason of {most} characters at most.' },
  'claim.noEvidence': {
    zh: '没有佐证，不能采纳；请申报人先上传佐证。',
    en: 'There is no evidence, so it cannot be accepted; have its proposer add some first.',
  },
  'claim.evidenceChanged': {
    zh: '佐证有变动，请看过现有的佐证再采纳。',
    en: 'The evidence has changed; look at it again before accepting.',
  },
  'claim.sameEvidence': {
    zh: '同样的文件“{name}”已是另一笔已采纳申报的佐证，同一件事只计一次。',
    en: 'The same file, “{name}”, already proves another accepted claim; the same fact counts once.',
  },
  'claim.undecided': { zh: '还有 {n} 笔加减分申报没有审定，请先审定。', en: '{n} claims are undecided; decide them first. ' },
  'evidence.unknown': { zh: '没有这份佐证，请刷新后再试。', en: 'There is no such evidence; reload and try again.' },
  'evidence.place': { zh: '请指明是哪一格或哪一笔申报的佐证。', en: 'Say which cell or which claim it proves.' },
  'evidence.closed': {
    zh: '现在不由你在这张表上增删佐证；须在评分步骤，由评分的人办理。',
    en: 'You may not add or remove evidence here now; whoever enters the scores does, while they are entered.',
  },
  'evidence.claimClosed': {
    zh: '只有申报人在审定之前可以增删佐证。',
    en: 'Only its proposer may add or remove evidence, before the claim is decided.',
  },
  'evidence.form': {
    zh: '请以 application/octet-stream 原样提交文件，并在 x-file-name 中写明文件名。',
    en: 'Send the bytes as they are, as application/octet-stream, with the name in x-file-name.',
  },
  'evidence.empty': { zh: '这个文件是空的，请检查后重新上传。', en: 'The file is empty; check it and send it again.' },
  'evidence.tooLarge': {
    zh: '文件超过 {most} MB，请压缩或分成几份。',
    en: 'The file is larger than {most} MB; make it smaller or split it.',
  },
  'evidence.type': {
    zh: '只收 PDF、JPEG、PNG、DOCX、XLSX，按内容认定；请另存为其中一种，不带宏和密码。',
    en: 'Only PDF, JPEG, PNG, DOCX and XLSX are taken, told by their content; save it as one of them, without macros or a password.',
  },
  'evidence.twice': { zh: '这里已有同样的文件。', en: 'The same file is here already.' },
  'evidence.tooMany': {
    zh: '每处最多 {most} 份佐证，请先删除不用的。',
    en: 'There are {most} files at most in one place; remove some first.',
  },
  'evidence.full': {
    zh: '本镇本年度的佐证已满 {most} MB，请先删除不用的。',
    en: 'The evidence of this town has reached {most} MB for this cycle; remove some first.',
  },
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
    zh: '请写明批准机关和文号，不超过 {most} 字。',
    en: 'Name the authority and its paper, in {most} characters at most.',
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
  'column.hidden': {
    zh: '{column} 一列不供分析人员使用，请改用其他列。',
    en: 'The column {column} is not open to analysts; use another.',
  },
  'filter.empty': {
    zh: '条件的值不能是 null；要找空值请用 isNull。',
    en: 'A filter takes no null; use isNull to find what is empty.',
  },
  'filter.tooLarge': {
    zh: '一个条件最多 {most} 项比较，请精简或分开查询。',
    en: 'A filter has {most} comparisons at most; make it smaller or split the query.',
  },
  'filter.tooManyValues': {
    zh: '一个 in 最多 {most} 个值，请分开查询。',
    en: 'One `in` takes {most} values at most; split the query.',
  },
  'order.tooLong': { zh: '最多按 {most} 列排序。', en: 'At most {most} columns make an order.' },
  'page.size': { zh: '一页应为 1 到 {most} 行。', en: 'A page has 1 to {most} rows.' },
  'cursor.wrong': {
    zh: '游标已损坏，或属于另一个列表；请从头翻页，条件和次序须与前一页相同。',
    en: 'The cursor is damaged or of another list; start again from the first page, with the same filter and order on each.',
  },
  'asOf.future': { zh: '这个时刻还没有到，请选过去的时刻。', en: 'This moment has not come yet; choose one in the past.' },
  'asOf.notHere': {
    zh: '等次、裁定、签字、改动、申报、评议、考勤、公示、申诉、备案、更正和佐证不能按过去的时刻查询，请去掉 asOf 或这部分。',
    en: 'Grades, rulings, signatures, changes, claims, ratings, leave, notices, appeals, filings, corrections and evidence cannot be told as of an earlier moment; leave out asOf or this part.',
  },
  'asOf.beyond': {
    zh: '那以后投过无记名的票，或将其作废；为保密，票只记到日，不能还原当时的得分；请选更晚的时刻。',
    en: 'Secret ballots were cast or voided since; for their secrecy only their day is kept, so the scores of that moment are not rebuilt; choose a later one.',
  },
  'asOf.policy': {
    zh: '当时所依的办法 {policy} 已不在本机，无法还原当时的得分；请选更晚的时刻。',
    en: 'The policy of that time, {policy}, is not installed as it was, so its scores cannot be rebuilt; choose a later moment.',
  },
  'statistics.cycles': { zh: '请选 1 到 {most} 个考核周期。', en: 'Choose 1 to {most} cycles.' },
  'statistics.measures': { zh: '请列 1 到 {most} 个统计量。', en: 'List 1 to {most} measures.' },
  'statistics.keys': { zh: '分组至多 {most} 个，且不能重复。', en: 'There are {most} keys at most, each once.' },
  'statistics.mixed': {
    zh: '这些周期依据不同的办法，项目不能合在一起；请同时按 policy 分组，或只选一部办法的周期。',
    en: 'These cycles follow different policies, whose items are not the same; group by policy too, or choose cycles of one policy.',
  },
  'statistics.percentile': {
    zh: 'percentile 须有 at，为 0 到 100；其他统计量没有 at。',
    en: 'A percentile has `at`, from 0 to 100; other measures have none.',
  },
  'statistics.place': {
    zh: 'measure 是统计量的位置，应为 0 到 {most}。',
    en: '`measure` is the place of a measure, from 0 to {most}.',
  },
  'statistics.order': {
    zh: '每个次序写 key 或 measure 之一，key 须在 groupBy 中。',
    en: 'Each order names either a key, which is one of groupBy, or a measure.',
  },
  'statistics.tooManyGroups': {
    zh: '分组超过 {most} 个，请减少分组或加条件。',
    en: 'There are more than {most} groups; use fewer keys or a filter.',
  },
  'percent.wrong': { zh: '比例应为 0% 到 100%，如 20%。', en: 'A percentage goes from 0% to 100%, such as 20%.' },
  'quota.unknown': { zh: '本办法没有名为 {kind} 的名额。', en: 'The policy has no quota {kind}.' },
  'signIn.needed': { zh: '请先登录。', en: 'Sign in first.' },
  'signIn.wrong': { zh: '账号或密码不对，请重新输入。', en: 'The account or the password is wrong; type them again.' },
  'signIn.wait': {
    zh: '失败次数过多，请 {minutes} 分钟后再试。',
    en: 'Too many failed attempts; try again in {minutes} minutes.',
  },
  'signIn.codeWrong': {
    zh: '验证码不对或已用过，请输入手机上现在显示的六位数字，或一个恢复码。',
    en: 'The code is wrong or was used already; type the six digits your telephone shows now, or a recovery code.',
  },
  'signIn.code': {
    zh: '请再输入手机验证器上的六位数字，或一个恢复码。',
    en: 'Now type the six digits of your authenticator, or a recovery code.',
  },
  'signIn.newPassword': {
    zh: '这个密码是管理员给的，请换成自己的密码后登录。',
    en: 'This password was given by an administrator; choose one of your own to sign in.',
  },
  'signIn.enrol': {
    zh: '你的角色须用两步登录：请在手机验证器中添加下面的密钥，再输入它显示的六位数字。',
    en: 'Your role signs in with a second factor: add the secret below to an authenticator, then type the six digits it shows.',
  },
  'signIn.noRole': {
    zh: '你的账号现在没有任何角色，请联系安全管理员授权。',
    en: 'Your account holds no role now; ask the security administrator for one.',
  },
  'password.short': {
    zh: '密码至少 {least} 个字符，请再长一些。',
    en: 'A password takes {least} characters at least; choose a longer one.',
  },
  'password.common': { zh: '这个密码太常见，请换一个。', en: 'This password is too common; choose another.' },
  'password.login': { zh: '密码不能与账号相同，请换一个。', en: 'The password must not be the account’s name; choose another.' },
  'password.same': {
    zh: '新密码不能与原来的相同，请换一个。',
    en: 'The new password must differ from the old one; choose another.',
  },
  'confirm.needed': {
    zh: '此事要紧，请再输入一次密码确认是你本人。',
    en: 'This weighs much: type your password once more to confirm that it is you.',
  },
  'confirm.wrong': { zh: '密码或验证码不对，请重新输入。', en: 'The password or the code is wrong; type it again.' },
  'confirm.code': {
    zh: '请一并输入手机验证器上的六位数字，或一个恢复码。',
    en: 'Type the six digits of your authenticator as well, or a recovery code.',
  },
  'setup.malformed': {
    zh: '提交的内容不全：应有设置码 code、county 的 code 和 name，以及 passwords 的 security 和 system。',
    en: 'Something is missing: send the set-up code as code, code and name of county, and security and system of passwords.',
  },
  'setup.code': {
    zh: '设置码不对，请照服务器终端里显示的输入。',
    en: 'The set-up code is wrong; type the one that the server’s terminal shows.',
  },
  'setup.done': {
    zh: '本县已经设置，请登录；账号由管理员在“账号与授权”中管理。',
    en: 'The county is set up already: sign in. Its administrators manage accounts on the page Accounts.',
  },
  'setup.countyCode': {
    zh: '县代码应为六位数字的行政区划代码，如 320381。',
    en: 'The county’s code is the administrative code of six digits, such as 320381.',
  },
  'setup.countyName': {
    zh: '请写县（区、市）的名称，1 至 50 个字，不换行。',
    en: 'Write the name of the county, 1 to 50 characters on one line.',
  },
  'setup.samePassword': {
    zh: '两位管理员的密码不能相同，请换一个。',
    en: 'The two administrators must not have the same password; choose another.',
  },
  'account.unknown': { zh: '没有这个账号，请从列表中选择。', en: 'There is no such account; choose one from the list.' },
  'account.none': { zh: '没有账号 {login}，请核对后再试。', en: 'There is no account {login}; check it and try again.' },
  'account.login': {
    zh: '账号请用 2 到 40 个字母、汉字、数字或 . _ -，以字母、汉字或数字开头。',
    en: 'An account takes 2 to 40 letters, digits or . _ - and begins with a letter or digit.',
  },
  'account.name': { zh: '姓名请写 1 到 50 个字，不换行。', en: 'A name takes 1 to 50 characters on one line.' },
  'account.noRoles': { zh: '请至少选一种角色。', en: 'Choose one role at least.' },
  'account.administrators': {
    zh: '管理员的账号请逐个新建。',
    en: 'Accounts of administrators are made one by one.',
  },
  'account.noneMissing': {
    zh: '所选角色的账号都已经有了，不必再建。',
    en: 'Every unit has its accounts for these roles already.',
  },
  'account.tooMany': {
    zh: '一次最多建 {most} 个账号，请少选几种角色。',
    en: 'At most {most} accounts are made at once; choose fewer roles.',
  },
  'account.taken': { zh: '账号 {login} 已有人用，请换一个。', en: 'The account {login} is taken; choose another.' },
  'account.self': {
    zh: '不能对自己的账号这样做，请由另一位管理员办理；自己的密码在“我的账号”里改。',
    en: 'You cannot do this to your own account; ask another administrator. Your own password is changed in “My account”.',
  },
  'account.last': {
    zh: '这是本县最后一位安全管理员，停了就没有人能授权；请先授权另一位。',
    en: 'This is the county’s last security administrator; grant the role to another first.',
  },
  'account.security': {
    zh: '安全管理员的密码不能在这里重置，请在服务器上运行 pnpm account。',
    en: 'A security administrator’s password is not reset here; run pnpm account on the server.',
  },
  'account.disabled': { zh: '这个账号已停用，请先启用。', en: 'This account is closed; open it first.' },
  'grant.self': {
    zh: '不能给自己授权或收回自己的授权，请由另一位安全管理员办理。',
    en: 'You cannot grant to yourself or end your own grant; ask another security administrator.',
  },
  'grant.unit': {
    zh: '这个角色不能授在这个单位：县级角色授在县，镇级授在镇（街道），村级授在村（社区）。',
    en: 'The role is not held in such a unit: county roles in the county, town roles in a town, village roles in a village.',
  },
  'grant.tooMany': {
    zh: '一次授予 1 至 {most} 项角色，请分几次。',
    en: 'From 1 to {most} roles are granted at once; grant them in parts.',
  },
  'grant.until': { zh: '截止日请写今天或以后的日期，如 2027-12-31。', en: 'The last day is today or later, such as 2027-12-31.' },
  'grant.coordinator': {
    zh: '协理员角色须选本村的一位协理员，其他角色不选。',
    en: 'The coordinator’s role takes a coordinator of that village; other roles take none.',
  },
  'grant.deputy': {
    zh: '代理须写明截止日，且被代理人在这个单位有这个角色。',
    en: 'A deputy needs a last day, and whoever they act for must hold the role in this unit.',
  },
  'grant.apart': {
    zh: '系统管理员和安全管理员不能兼任其他角色，请用另一个账号。',
    en: 'A system or security administrator holds no other role; use another account.',
  },
  'grant.twice': { zh: '这个账号已有这项角色。', en: 'The account holds this role already.' },
  'grant.unknown': { zh: '没有这项授权，或已收回，请刷新。', en: 'There is no such grant, or it has ended; reload.' },
  'session.unknown': { zh: '没有这个会话，或已结束，请刷新。', en: 'There is no such session, or it has ended; reload.' },
  'secondFactor.on': { zh: '两步登录已经开着。', en: 'The second factor is on already.' },
  'secondFactor.wrong': {
    zh: '验证码不对，请输入手机上现在显示的六位数字，并核对手机的时间。',
    en: 'The code is wrong; type the six digits your telephone shows now, and check its clock.',
  },
  'secondFactor.needed': {
    zh: '你的角色须用两步登录，不能关闭。',
    en: 'Your role signs in with a second factor; it cannot be turned off.',
  },
  'permission': {
    zh: '你的账号没有“{what}”的权限。有这项权限的角色：{who}。如确需办理，请找安全管理员授予。',
    en: 'Your account lacks the permission “{what}”. These roles have it: {who}. If you need it, ask the security administrator to grant one.',
  },
  'token.scope': {
    zh: '这个令牌的范围不含此项操作，请换一个范围合适的令牌。',
    en: 'The scopes of this token do not hold this operation; use one that does.',
  },
  'token.people': {
    zh: '此项操作须由本人登录后在页面上办理，令牌不能代办。',
    en: 'This is done by people who sign in on the page; no token can do it.',
  },
  'token.name': { zh: '请写明令牌的用途，不超过 {most} 字。', en: 'Call the token something, in {most} characters at most.' },
  'token.noScope': { zh: '请至少选一项范围。', en: 'Choose one scope at least.' },
  'token.days': { zh: '令牌的有效期为 1 至 {most} 天。', en: 'A token holds for 1 to {most} days.' },
  'token.tooMany': {
    zh: '一个账号最多有 {most} 个有效的令牌，请先作废不用的。',
    en: 'An account has {most} open tokens at most; revoke one that is not needed.',
  },
  'token.unknown': {
    zh: '没有这个有效的令牌，请刷新后再试。',
    en: 'There is no such open token; reload and try again.',
  },
  'export.form': {
    zh: '导出请用 JSON 提交 query、variables、path 和 format（csv、ndjson 或 xlsx）。',
    en: 'Send an export as JSON with query, variables, path and format (csv, ndjson or xlsx).',
  },
  'export.query': {
    zh: '只有查询可以导出：请提交一个 query。',
    en: 'Only queries are exported; send one query.',
  },
  'export.noList': {
    zh: '查询中没有可导出的列表{path}；可用 path 指明，如 villageRanking.villages。',
    en: 'The query holds no list to export{path}; name one in path, such as villageRanking.villages.',
  },
  'export.many': {
    zh: '查询中有几个分页列表（{found}），请用 path 指明导出哪一个。',
    en: 'The query holds several paged lists ({found}); name the one to export in path.',
  },
  'export.busy': {
    zh: '正有其他导出在进行，请 {seconds} 秒后再试。',
    en: 'Other exports are under way; try again in {seconds} seconds.',
  },
  'export.rows': {
    zh: 'xlsx 最多 {most} 行，请改用 csv 或 ndjson。',
    en: 'xlsx holds {most} rows at most; use csv or ndjson.',
  },
  'document.unknown': {
    zh: '这里只答复本系统页面所用的查询。自拟查询请用范围为“自拟查询”的令牌，可在“我的账号”中建立。',
    en: 'Only the queries of the product’s own pages are answered here. For your own, use a token with the scope analyst; make one under My account.',
  },
  'request.introspection': {
    zh: '内省须用范围为“自拟查询”的令牌；接口说明见 schema.graphql。',
    en: 'Introspection takes a token with the scope analyst; the contract is schema.graphql.',
  },
  'rate.tooMany': {
    zh: '操作太频繁，请 {seconds} 秒后再试。',
    en: 'Too many operations; try again in {seconds} seconds.',
  },
  'server.busy': {
    zh: '现在同时办理的人太多，请稍等几秒再试；没有保存的内容会自动重发。',
    en: 'Too many are at work just now; try again in a few seconds. What is not saved is sent again by itself.',
  },
  'webhook.url': {
    zh: '通知地址应为不带账号密码的 http 或 https 地址。',
    en: 'A webhook is an address of http or https, without a name or password in it.',
  },
  'webhook.noEvent': { zh: '请至少选一种通知的事项。', en: 'Choose one thing to be told of at least.' },
  'webhook.tooMany': {
    zh: '最多 {most} 个启用的通知地址，请先停用不用的。',
    en: 'There are {most} active webhooks at most; stop one first.',
  },
  'webhook.unknown': { zh: '没有这个通知地址，请刷新后再试。', en: 'There is no such webhook; reload and try again.' },
  'request.tooDeep': {
    zh: '查询嵌套 {found} 层，最多 {most} 层，请分开查询。',
    en: 'The query is {found} levels deep; {most} are allowed. Split it.',
  },
  'request.tooCostly': {
    zh: '查询的开销为 {found}，上限为 {most}，请减少字段或分开查询。',
    en: 'The query costs {found}; {most} are allowed. Ask for fewer fields or split it.',
  },
  'request.repeated': {
    zh: '同一字段在一处要了 {found} 次，最多 {most} 次，请分开查询。',
    en: 'One field is asked for {found} times in one place; {most} are allowed. Split the query.',
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
  'file.empty': { zh: '文件里没有内容，请检查后重新上传。', en: 'The file holds nothing; check it and upload it again.' },
  'file.tooLarge': {
    zh: '文件超过 {most} MB，请删去图片或分成几份上传。',
    en: 'The file is larger than {most} MB; take the pictures out or upload it in parts.',
  },
  'file.tooMuch': {
    zh: '文件展开后内容太多，读不完；请只保留名册所在的工作表，或分成几份上传。',
    en: 'The file unpacks to more than can be read; keep only the sheets of the roster, or upload it in parts.',
  },
  'file.encrypted': {
    zh: '文件有打开密码，请另存为未加密的 xlsx 后再上传。',
    en: 'The file is protected by a password; save it as xlsx without one, then upload it.',
  },
  'file.xls': {
    zh: '这是旧格式的文件（xls、et 等），请另存为 xlsx 后再上传。',
    en: 'This is a file of an old format (xls, et or the like); save it as xlsx, then upload it.',
  },
  'file.xlsb': {
    zh: '这是二进制工作簿（xlsb），请另存为 xlsx 后再上传。',
    en: 'This is a binary workbook (xlsb); save it as xlsx, then upload it.',
  },
  'file.ods': {
    zh: '这是开放文档（ods），请另存为 xlsx 后再上传。',
    en: 'This is an OpenDocument file (ods); save it as xlsx, then upload it.',
  },
  'file.html': {
    zh: '这其实是网页（只是扩展名像表格），请打开后另存为 xlsx 再上传。',
    en: 'This is a web page under the name of a workbook; open it, save it as xlsx, then upload it.',
  },
  'file.macros': {
    zh: '工作簿里有宏，请另存为不带宏的 xlsx 后再上传。',
    en: 'The workbook holds macros; save it as xlsx without them, then upload it.',
  },
  'file.document': {
    zh: '这是图片、PDF 或文稿，不是表格；请上传 xlsx 或 csv。',
    en: 'This is a picture, a PDF or a document, not a table; upload xlsx or csv.',
  },
  'file.archive': {
    zh: '这是压缩包，请解压后上传里面的 xlsx 或 csv。',
    en: 'This is an archive; unpack it and upload the xlsx or csv in it.',
  },
  'file.unknown': {
    zh: '认不出这是什么文件，请上传 xlsx 或 csv。',
    en: 'This is no kind of file that can be read here; upload xlsx or csv.',
  },
  'file.damaged': {
    zh: '文件已损坏（{part}），请用表格软件打开后另存为 xlsx 再上传。',
    en: 'The file is damaged ({part}); open it in a spreadsheet program, save it as xlsx, then upload it.',
  },
  'file.names': {
    zh: '文件内部的名称重复或指向文件之外，不能读取；请用表格软件另存为 xlsx 后再上传。',
    en: 'Parts of the file share a name or lead out of it; save it as xlsx by a spreadsheet program, then upload it.',
  },
  'file.doctype': {
    zh: '文件内部带有文档类型声明，不能读取；请用表格软件另存为 xlsx 后再上传。',
    en: 'The file declares document types, which are not read; save it as xlsx by a spreadsheet program, then upload it.',
  },
  'file.sheets': {
    zh: '工作簿有 {found} 张工作表，最多读 {most} 张，请分成几份上传。',
    en: 'The workbook has {found} sheets, and {most} are read at most; upload it in parts.',
  },
  'file.far': {
    zh: '{sheet} {cell} 有内容，但只读到第 {rows} 行、第 {columns} 列；请删去表格以外的内容。',
    en: 'There is something in {sheet} {cell}, but {rows} rows and {columns} columns are read; remove what lies beyond the table.',
  },
  'file.cellText': {
    zh: '{sheet} {cell} 的文字超过 {most} 字，请缩短。',
    en: 'The text in {sheet} {cell} is longer than {most} characters; shorten it.',
  },
  'file.noCells': {
    zh: '工作簿里没有填写任何内容，请检查后重新上传。',
    en: 'Nothing is filled in in the workbook; check it and upload it again.',
  },
  'file.encoding': {
    zh: '文件的文字编码认不出或已损坏，请另存为 xlsx 或 UTF-8 的 csv 后再上传。',
    en: 'The encoding of the text is not known, or it is damaged; save it as xlsx, or as csv in UTF-8.',
  },
  'file.quotes': {
    zh: '第 {row} 行的引号没有成对，请改正或另存为 xlsx 后再上传。',
    en: 'A quotation mark in row {row} is never closed; mend it, or save the file as xlsx.',
  },
  'file.headings': {
    zh: '没有找到表头。请保留写有这些栏目的一行：{names}。',
    en: 'No row of headings was found. Keep a row with these columns: {names}.',
  },
  'roster.hiddenSheet': {
    zh: '工作表“{sheet}”是隐藏的，没有读入；需要的请取消隐藏后重新上传。',
    en: 'The sheet “{sheet}” is hidden and was not read; show it and upload the file again if it is needed.',
  },
  'roster.noTable': {
    zh: '工作表“{sheet}”里没有找到认识的表头，没有读入。',
    en: 'No headings that are known were found on the sheet “{sheet}”; it was not read.',
  },
  'roster.hiddenRows': {
    zh: '工作表“{sheet}”有 {count} 行是隐藏的（第 {rows} 行），也读入了，请核对。',
    en: '{count} rows of the sheet “{sheet}” are hidden (row {rows}); they were read too. Check them.',
  },
  'roster.hiddenColumns': {
    zh: '工作表“{sheet}”的 {columns} 列是隐藏的，也读入了，请核对。',
    en: 'Columns {columns} of the sheet “{sheet}” are hidden; they were read too. Check them.',
  },
  'roster.twice': {
    zh: '工作表“{sheet}”的 {column} 列（{heading}）与 {other} 列含义相同，只读 {other} 列；不对的请手工指定。',
    en: 'Column {column} ({heading}) of the sheet “{sheet}” means the same as column {other}, which is read; set it by hand if that is wrong.',
  },
  'roster.missing': {
    zh: '工作表“{sheet}”没有“{names}”这一列，请指定是哪一列。',
    en: 'The sheet “{sheet}” has no column {names}; say which one it is.',
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
