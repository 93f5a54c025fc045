import type { Role } from '../rules/access.ts'
import { enumerate } from './enumerations.ts'

/** The roles as an enumeration of the API. */
export const Roles = enumerate<Role>('Role', '角色 / Role', {
  coordinator: '协理员，只看本人的表 / Coordinator; sees their own sheets',
  village: '村（社区）/ Village',
  attendanceOfficer: '镇考勤员 / Attendance officer of a town',
  townAssessor: '镇考核员 / Assessor of a town',
  panelMember: '考核小组成员 / Member of the panel',
  countyBureau: '县（区、市）人社局 / Bureau of the county',
  jointBureau: '联合审定机关 / Bureau that decides jointly',
  city: '市（就业处）/ City, employment office',
  analyst: '分析员，只读且姓名遮盖 / Analyst; reads only, names masked',
  auditor: '审计员，只读 / Auditor; reads only',
  systemAdmin: '系统管理员，管账号，不看考核 / System administrator: accounts, no assessment',
  securityAdmin: '安全管理员，管授权，不看考核 / Security administrator: grants, no assessment',
})
