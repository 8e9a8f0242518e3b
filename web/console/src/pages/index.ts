// SPDX-License-Identifier: Apache-2.0
// Every page of the frame: its path, the permission without which it is not offered, its place in
// the menu.  Each page is a file of its own that is fetched when it is first opened.
import { lazy, type ComponentType } from 'react';
import type { Pair } from '../i18n';

export interface PageEntry {
	path: string;
	/** Or several: any of them will do. */
	permission: string | readonly string[];
	Component: ComponentType;
	/** Not in the menu without one. */
	menu?: { group: keyof typeof GROUPS; zh: string; en: string };
}

export const GROUPS = {
	home: { zh: '', en: '' },
	people: { zh: '居民', en: 'Residents' },
	season: { zh: '征缴', en: 'Season' },
	work: { zh: '名单与任务', en: 'Lists and jobs' },
	rules: { zh: '政策与区划', en: 'Policy and area' },
	admin: { zh: '管理', en: 'Administration' },
} satisfies Record<string, Pair>;

/** The service asks for `read_jobs` and, kind by kind, for one of these. */
const IMPORTS = ['import_register', 'import_categories', 'import_students', 'import_facts', 'import_targets', 'import_payments'] as const;

export const PAGES: PageEntry[] = [
	{ path: '/', permission: 'read_desk', Component: lazy(() => import('./desk')), menu: { group: 'home', zh: '工作台', en: 'Desk' } },
	{ path: '/people', permission: 'read_people', Component: lazy(() => import('./people')), menu: { group: 'people', zh: '居民查询', en: 'Find a person' } },
	{ path: '/people/:id', permission: 'read_people', Component: lazy(() => import('./person')) },
	{ path: '/registrations', permission: 'decide_registration', Component: lazy(() => import('./registrations')), menu: { group: 'people', zh: '参保登记审核', en: 'Registrations' } },
	{ path: '/tickets', permission: 'answer_tickets', Component: lazy(() => import('./tickets')), menu: { group: 'people', zh: '数据障碍', en: 'Data obstacles' } },
	{ path: '/missing', permission: 'read_missing', Component: lazy(() => import('./missing')), menu: { group: 'people', zh: '未参保台账', en: 'Who is missing' } },
	{ path: '/progress', permission: 'read_reports', Component: lazy(() => import('./progress')), menu: { group: 'season', zh: '进度排名', en: 'Progress' } },
	{ path: '/money', permission: 'read_money', Component: lazy(() => import('./money')), menu: { group: 'season', zh: '收款', en: 'Money' } },
	{ path: '/imports', permission: IMPORTS, Component: lazy(() => import('./imports')), menu: { group: 'work', zh: '导入', en: 'Imports' } },
	{ path: '/assess', permission: 'assess', Component: lazy(() => import('./assess')), menu: { group: 'work', zh: '核定', en: 'Assessment' } },
	{ path: '/jobs', permission: 'read_jobs', Component: lazy(() => import('./jobs')), menu: { group: 'work', zh: '任务', en: 'Jobs' } },
	{ path: '/exports', permission: 'export', Component: lazy(() => import('./exports')), menu: { group: 'work', zh: '导出', en: 'Exports' } },
	{ path: '/policy', permission: 'read_policy', Component: lazy(() => import('./policy')), menu: { group: 'rules', zh: '政策', en: 'Policy' } },
	{ path: '/divisions', permission: 'read_divisions', Component: lazy(() => import('./divisions')), menu: { group: 'rules', zh: '区划网格', en: 'Divisions and grid' } },
	{ path: '/accounts', permission: 'read_accounts', Component: lazy(() => import('./accounts')), menu: { group: 'admin', zh: '账号', en: 'Accounts' } },
	{ path: '/roles', permission: 'read_accounts', Component: lazy(() => import('./roles')), menu: { group: 'admin', zh: '权限表', en: 'Roles' } },
	{ path: '/clients', permission: 'manage_clients', Component: lazy(() => import('./clients')), menu: { group: 'admin', zh: '接口系统', en: 'API clients' } },
	{ path: '/trail', permission: 'read_trail', Component: lazy(() => import('./trail')), menu: { group: 'admin', zh: '操作日志', en: 'Audit trail' } },
	{ path: '/system', permission: 'read_system', Component: lazy(() => import('./system')), menu: { group: 'admin', zh: '运行状况', en: 'System' } },
];
