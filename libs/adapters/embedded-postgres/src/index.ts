/** a PostgreSQL of our own in the data directory */
export {};
