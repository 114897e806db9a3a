import type { Problem } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';

/** Why nobody was signed in, and which fields are at fault. */
export interface Refusal {
  readonly title: string;
  readonly says: string;
  readonly fields: { readonly email?: string; readonly password?: string };
}

/** Signs in; undefined when that worked, `second-step` when the password was right and more is asked. */
export async function signIn(form: FormData): Promise<Refusal | 'second-step' | undefined> {
  const email = text(form, 'email').trim();
  const password = text(form, 'password');
  const fields = {
    ...(email.includes('@') ? {} : { email: 'Write your e-mail address, like ada@example.org.' }),
    ...(password === '' ? { password: 'Write your password.' } : {}),
  };
  if (Object.keys(fields).length > 0) return { title: '', says: '', fields };
  const result = await browserApi.signIn({ body: { email, password } });
  if (!('problem' in result)) return undefined;
  return result.problem.code === 'second-step-needed' ? 'second-step' : refusal(result.problem);
}

/** Goes on with a code of the authenticator app, or a recovery code. */
export async function showCode(form: FormData): Promise<Refusal | undefined> {
  const code = text(form, 'code').replaceAll(' ', '');
  const result = await browserApi.secondStep({ body: { code } });
  if (!('problem' in result)) return undefined;
  const { problem } = result;
  if (problem.code === 'sign-in-refused')
    return { title: 'That code does not sign in', says: problem.detail, fields: {} };
  return refusal(problem);
}

function refusal(problem: Problem): Refusal {
  switch (problem.code) {
    case 'sign-in-refused':
      return { title: problem.title, says: 'Check both, and whether Caps Lock is on.', fields: {} };
    case 'too-many-requests':
      return { title: 'Too many attempts', says: problem.detail, fields: {} };
    case 'invalid-request':
      return { title: problem.title, says: (problem.errors ?? []).map((each) => each.message).join(' '), fields: {} };
    default:
      return { title: problem.title, says: problem.detail, fields: {} };
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
