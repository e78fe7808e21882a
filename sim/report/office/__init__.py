"""What a results folder holds as files of an office: a brief in Word, every table in Excel."""
