/** Where the admin API listens, read when it is needed so that one build serves everywhere. */
export function apiUrl(): string {
  return process.env['POSTERN_API_URL'] ?? 'http://127.0.0.1:3001';
}
