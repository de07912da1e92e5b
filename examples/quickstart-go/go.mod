module quickstart-go

go 1.24.0
