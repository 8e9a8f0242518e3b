// SPDX-License-Identifier: Apache-2.0
// 权限表 act × role: who may do what, as the service itself decides it.
import { useCall } from '../api/hooks';
import { Mark, Page, Read } from '../components/page';
import { useTongue } from '../i18n';
import { named, REACHES } from '../lib/names';

export default function Roles() {
	const { t, lang } = useTongue();
	const table = useCall('roles', {}, { staleTime: 5 * 60_000 });
	return (
		<Page title={t('权限表', 'Roles and permissions')} lead={t('每个账号一个角色；服务按这张表放行，不能在页面上改。', 'One role an account. The service goes by this table; it is not changed here.')}>
			<div className="sheet">
				<Read query={table}>
					{({ roles, permissions }) => (
						<div className="table-wrap matrix" tabIndex={0} role="region" aria-label={t('权限表', 'Roles and permissions')}>
							<table className="ledger">
								<caption className="off">{t('权限表', 'Roles and permissions')}</caption>
								<thead>
									<tr>
										<th scope="col">
											<span>{t('权限', 'Permission')}</span>
										</th>
										{roles.map((r) => (
											<th key={r.code} scope="col" title={named(REACHES, r.reach, lang)}>
												<span className="upright">{r[lang]}</span>
											</th>
										))}
									</tr>
								</thead>
								<tbody>
									<tr>
										<th scope="row"><span>{t('看得到的范围', 'Reach')}</span></th>
										{roles.map((r) => (
											<td key={r.code} className="small soft">
												<span className="upright">{named(REACHES, r.reach, lang)}</span>
											</td>
										))}
									</tr>
									{permissions.map((p) => (
										<tr key={p.code}>
											<th scope="row">
												<span>
													{p[lang]} {p.strong && <Mark tone="wait">{t('要验证码', 'code')}</Mark>}
												</span>
											</th>
											{roles.map((r) => (
												<td key={r.code}>{r.permissions.includes(p.code) ? <b aria-label={t('可以', 'yes')} role="img">●</b> : <span className="off">{t('不可以', 'no')}</span>}</td>
											))}
										</tr>
									))}
								</tbody>
							</table>
						</div>
					)}
				</Read>
			</div>
		</Page>
	);
}
