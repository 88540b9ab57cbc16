#!/usr/bin/env Rscript
# Reads a result of peercap with Bioconductor's rhdf5, without peercap.
#
#   Rscript read_result.R RESULT.h5                 prints the summary, one line a measure
#   Rscript read_result.R RESULT.h5 --csv PART      prints a part in CSV, numbers to the last digit; PART is one of
#                                                   summary, replications, series, supporters, or another table
#
# In a session, source("read_result.R") gives the functions below and runs nothing.
#
# R shows the axes of arrays in reverse order: what is (point, replication) in the file is [replication, point] here, and
# (point, statistic, time) is [time, statistic, point]. A result of `peercap run` has one point.

suppressPackageStartupMessages(library(rhdf5))

FORMAT_MAJOR <- 1

# One attribute of a group or dataset; NULL where there is none. (h5readAttributes() would warn of the attributes that
# HDF5 keeps for itself.)
read_attribute <- function(file, object, name) {
  handle <- H5Fopen(file, flags = "H5F_ACC_RDONLY")
  on.exit(H5Fclose(handle))
  item <- H5Oopen(handle, object)
  on.exit(H5Oclose(item), add = TRUE, after = FALSE)
  if (!H5Aexists(item, name)) {
    return(NULL)
  }
  attribute <- H5Aopen(item, name)
  on.exit(H5Aclose(attribute), add = TRUE, after = FALSE)
  as.vector(H5Aread(attribute))
}

# Stops, with words, unless the file is a result that this script can read.
check_result <- function(file) {
  if (!file.exists(file)) {
    stop("there is no file ", file, call. = FALSE)
  }
  if (!isTRUE(H5Fis_hdf5(file))) {
    stop(file, " is not an HDF5 file, and therefore no result of peercap", call. = FALSE)
  }
  type <- read_attribute(file, "/", "filetype")
  if (is.null(type) || type != "peercap-result") {
    stop(file, " is no result of peercap (its type is '", type, "')", call. = FALSE)
  }
  version <- read_attribute(file, "/", "format_version")
  if (as.integer(sub("\\..*", "", version)) > FORMAT_MAJOR) {
    stop(file, " has format ", version, ", newer than this script reads (", FORMAT_MAJOR, ".x)", call. = FALSE)
  }
  invisible(file)
}

has_group <- function(file, group) {
  group %in% h5ls(file, recursive = FALSE)$name
}

# What made the result: a named list.
read_provenance <- function(file) {
  h5readAttributes(check_result(file), "/")
}

# A table as a data frame, columns in their order. Units of the columns are in attr(, "units").
read_table <- function(file, group) {
  check_result(file)
  if (!has_group(file, group)) {
    stop(file, " has no group '", group, "'; it has ", toString(h5ls(file, recursive = FALSE)$name), call. = FALSE)
  }
  if (read_attribute(file, group, "group_shape") != "table") {
    stop("group '", group, "' is no table", call. = FALSE)
  }
  columns <- read_attribute(file, group, "column-order")
  values <- h5read(file, group, bit64conversion = "double")
  # Not data.frame(): it would change names that R does not like, such as those of parameters.
  frame <- lapply(values[columns], as.vector)
  attr(frame, "row.names") <- seq_along(frame[[1]])
  class(frame) <- "data.frame"
  units <- lapply(columns, function(column) read_attribute(file, paste0(group, "/", column), "units"))
  attr(frame, "units") <- stats::setNames(units, columns)
  frame
}

# Measure by measure: unit, n, mean, ci_low, ci_high (95 %), sd, quantiles. Of a run; numbers have the unit of their row.
read_summary <- function(file) {
  read_table(file, "summary")
}

# Every measure of every replication of a point: one row a replication, one column a measure.
read_replications <- function(file, point = 0) {
  check_result(file)
  values <- h5read(file, "replications", bit64conversion = "double")
  place <- match(point, values$point)
  if (is.na(place)) {
    stop("there is no point ", point, call. = FALSE)
  }
  measures <- setdiff(names(values), c("point", "replication"))
  columns <- lapply(values[measures], function(array) array[, place]) # [replication, point]
  frame <- c(list(replication = as.vector(values$replication)), columns)
  attr(frame, "row.names") <- seq_along(frame$replication)
  class(frame) <- "data.frame"
  frame
}

# A weekly course: one row a week with its Monday, one column a statistic (mean, ci_low, ci_high, p05, ...).
read_series <- function(file, name, point = 0) {
  check_result(file)
  if (!has_group(file, "series")) {
    stop(file, " has no series; results of `peercap run` have", call. = FALSE)
  }
  values <- h5read(file, "series", bit64conversion = "double")
  known <- setdiff(names(values), c("point", "statistic", "time"))
  if (!name %in% known) {
    stop("there is no series '", name, "'; there are ", toString(known), call. = FALSE)
  }
  array <- values[[name]] # [time, statistic, point]
  frame <- as.data.frame(array[, , match(point, values$point)])
  names(frame) <- as.vector(values$statistic)
  begin <- sub("days since ", "", read_attribute(file, "series/time", "units"))
  cbind(date = as.Date(substr(begin, 1, 10)) + as.vector(values$time), frame)
}

# Every supporter of every replication.
read_supporters <- function(file) {
  read_table(file, "supporters")
}

# Data frame in CSV on standard output. 17 digits tell every double apart; what is missing is empty.
print_csv <- function(frame) {
  as_text <- function(column) {
    if (is.numeric(column)) {
      ifelse(is.na(column), "", sprintf("%.17g", column))
    } else {
      as.character(column)
    }
  }
  utils::write.csv(as.data.frame(lapply(frame, as_text), check.names = FALSE), row.names = FALSE, quote = TRUE)
}

print_summary <- function(file) {
  summary <- read_summary(file)
  cat(file, ": ", read_attribute(file, "/", "program"), " ", read_attribute(file, "/", "program_version"),
    ", seed ", read_attribute(file, "/", "seed_hex"), "\n",
    sep = ""
  )
  cat("Means with 95 % intervals over n replications; they tell chance, not whether the assumptions hold.\n\n")
  shown <- summary[summary$n > 0, c("measure", "unit", "n", "mean", "ci_low", "ci_high")]
  numbers <- c("mean", "ci_low", "ci_high")
  shown[numbers] <- lapply(shown[numbers], signif, digits = 4)
  print(shown, row.names = FALSE)
}

main <- function(arguments) {
  if (length(arguments) == 1) {
    print_summary(arguments[1])
  } else if (length(arguments) >= 3 && arguments[2] == "--csv") {
    file <- arguments[1]
    print_csv(switch(arguments[3],
      replications = read_replications(file),
      series = read_series(file, if (length(arguments) > 3) arguments[4] else "waiting"),
      read_table(file, arguments[3])
    ))
  } else {
    cat("read_result.R RESULT.h5 [--csv PART [NAME OF A SERIES]]\n", file = stderr())
    quit(status = 2)
  }
}

if (sys.nframe() == 0) {
  options(width = 160)
  main(commandArgs(trailingOnly = TRUE))
}
