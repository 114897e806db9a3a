/** the routes of the admin API as zod schemas */
export {};
