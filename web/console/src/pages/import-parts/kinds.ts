// SPDX-License-Identifier: Apache-2.0
// Which permission each kind of file needs, and what must be said about it.
import type { ImportKind } from '../../api/contract';

export const KINDS_MAY: Record<ImportKind, string> = {
	divisions: 'import_register',
	residents: 'import_register',
	categories: 'import_categories',
	students: 'import_students',
	targets: 'import_targets',
	coverage: 'import_facts',
	circumstances: 'import_facts',
	payments: 'import_payments',
};

/** Lists that can be complete: who is not on it is taken off. */
export const CAN_BE_FULL: readonly ImportKind[] = ['categories'];
export const WITH_DEPARTMENT: readonly ImportKind[] = ['categories'];
export const WITH_DATE: readonly ImportKind[] = ['residents', 'categories', 'students', 'coverage', 'circumstances', 'targets', 'divisions'];
/** Departments whose lists of people in hardship count. */
export const CERTIFIERS = ['civil_affairs', 'rural_revitalisation', 'disabled_federation', 'veterans', 'health', 'medical_insurance'] as const;
