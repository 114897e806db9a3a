import { createAdminClient } from '@postern/admin-client';

/** The admin API as the browser reaches it: through the console's own origin, with the session's cookie. */
export const browserApi = createAdminClient({ baseUrl: '' });
