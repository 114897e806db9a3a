/** the environment, validated together */
export {};
