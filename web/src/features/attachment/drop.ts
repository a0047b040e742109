/** Whether what is dragged holds files: cards of the board are dragged too. */
export const hasFiles = (data: Pick<DataTransfer, 'types'> | null): boolean => data?.types.includes('Files') ?? false;
