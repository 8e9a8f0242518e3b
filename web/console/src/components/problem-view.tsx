// SPDX-License-Identifier: Apache-2.0
// What went wrong, what exactly, what to do, and the number to quote on the telephone.
import { Problem, remedy } from '../api/problem';
import { useTongue } from '../i18n';

/** `without`: fields whose errors are already shown at the fields. */
export function ProblemView({ error, without = [] }: { error: unknown; without?: readonly string[] }) {
	const { lang, t, of } = useTongue();
	if (!error) return null;
	if (!(error instanceof Problem))
		return (
			<div className="problem" role="alert">
				<strong>{t('页面出错', 'the page failed')}</strong>
				<p>{t('请刷新页面后再试；仍不行请报系统管理员。', 'Reload the page; if it stays, tell the system administrator.')}</p>
			</div>
		);
	const rest = error.fields.filter((f) => !without.includes(f.field));
	const todo = remedy(error.code);
	return (
		<div className="problem" role="alert">
			<strong>{error.say(lang)}</strong>
			{error.detail && <p>{error.detail}</p>}
			{rest.length > 0 && (
				<ul>
					{rest.map((f) => (
						<li key={f.field + f.zh}>{of(f)}</li>
					))}
				</ul>
			)}
			{todo && <p className="soft">{of(todo)}</p>}
			{error.requestId && (
				<p className="id">
					{t('请求号', 'request')} {error.requestId}
				</p>
			)}
		</div>
	);
}
