/** logs and metrics */
export {};
