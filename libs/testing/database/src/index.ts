/** one PostgreSQL database per test */
export {};
