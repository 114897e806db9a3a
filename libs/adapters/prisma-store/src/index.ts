/** the truth: PostgreSQL */
export {};
