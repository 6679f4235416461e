samestory version
samestory --version
