/** NestJS: the admin API, health, metrics */
export {};
