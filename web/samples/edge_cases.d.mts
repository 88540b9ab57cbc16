export function edgeCases(): unknown;
