def best_epoch(validation_losses, patience):
    return validation_losses.index(min(validation_losses)), len(validation_losses) - 1
